/* The probe for big-endian Xtensa, the same program and system calls as xtensa.S. No packaged assembler knows this byte order,
   so each instruction is defined here as three bytes, after the Xtensa Instruction Set Architecture Reference Manual: the
   fields stand in the order op0, t, s, r and so on from the highest bit down. */
	.macro	rrr t, s, r, op2
	.byte	\t, \s << 4 | \r, \op2
	.endm
	.macro	rri8 t, s, r, value
	.byte	0x20 | \t, \s << 4 | \r, (\value) & 0xff
	.endm
	.macro	or r, s, t
	rrr	\t, \s, \r, 2
	.endm
	.macro	xor r, s, t
	rrr	\t, \s, \r, 3
	.endm
	.macro	sub r, s, t
	rrr	\t, \s, \r, 0xc
	.endm
	.macro	system_call
	rrr	0, 0, 5, 0
	.endm
	.macro	l8ui t, s
	rri8	\t, \s, 0, 0
	.endm
	.macro	l32i t, s
	rri8	\t, \s, 2, 0
	.endm
	.macro	movi t, value
	rri8	\t, 0, 0xa, \value
	.endm
	.macro	addi t, s, value
	rri8	\t, \s, 0xc, \value
	.endm
	.macro	branch12 operation, s, target
from\@:
	.byte	\operation, \s << 4 | ((\target - from\@ - 4) >> 8 & 15), (\target - from\@ - 4) & 0xff
	.endm
	.macro	beqz s, target
	branch12 0x64, \s, \target
	.endm
	.macro	bnez s, target
	branch12 0x65, \s, \target
	.endm
	.macro	bne_one s, target
from\@:
	.byte	0x69, \s << 4 | 1, (\target - from\@ - 4) & 0xff
	.endm
	.macro	jump18 operation, offset
	.byte	\operation | ((\offset) >> 16 & 3), (\offset) >> 8 & 0xff, (\offset) & 0xff
	.endm
	.macro	j target
from\@:
	jump18	0x60, \target - from\@ - 4
	.endm
	.macro	call0 target
from\@:
	jump18	0x50, (\target - from\@ - 4) >> 2
	.endm

	/* The call leaves the banner's address in a0: no relocation is needed. */
	call0	start
	.incbin	"banner"
	.balign	4
start:
	l32i	12, 1
	addi	13, 1, 4
	movi	2, 13
	movi	6, 1
	or	3, 0, 0
	movi	4, BANNER_LENGTH
	system_call
next:
	beqz	12, done
	addi	12, 12, -1
	l32i	3, 13
	addi	13, 13, 4
	or	4, 3, 3
length:
	l8ui	5, 4
	addi	4, 4, 1
	bnez	5, length
	sub	4, 4, 3
	movi	2, 13
	movi	6, 1
	system_call
	j	next
done:
	movi	2, 13
	movi	6, 1
	addi	3, 0, BANNER_LENGTH - 1
	movi	4, 1
	system_call
	addi	1, 1, -16
	movi	2, 12
	movi	6, 0
	or	3, 1, 1
	movi	4, 1
	system_call
	movi	6, 3
	bne_one	2, leave
	l8ui	6, 1
	movi	5, 0x5a
	xor	6, 6, 5
leave:
	movi	2, 118
	system_call
