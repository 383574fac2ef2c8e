/* The probe for little-endian Xtensa, core instructions only. System calls (arch/xtensa/kernel/syscalls/syscall.tbl): 12 read,
   13 write, 118 exit; number in a2, arguments in a6, a3, a4; result in a2. */
	/* Encoded by hand: LLVM does not know syscall, and puts the symbol of "movi a4, BANNER_LENGTH" into a literal pool. */
	.macro	system_call
	.byte	0x00, 0x50, 0x00
	.endm

	.macro	load_length
	.byte	0x42, 0xa0, BANNER_LENGTH
	.endm

	/* The call leaves the banner's address in a0: no relocation is needed. */
	call0	start
	.incbin	"banner"
	.balign	4
start:
	l32i	a12, a1, 0
	addi	a13, a1, 4
	movi	a2, 13
	movi	a6, 1
	or	a3, a0, a0
	load_length
	system_call
next:
	beqz	a12, done
	addi	a12, a12, -1
	l32i	a3, a13, 0
	addi	a13, a13, 4
	or	a4, a3, a3
length:
	l8ui	a5, a4, 0
	addi	a4, a4, 1
	bnez	a5, length
	sub	a4, a4, a3
	movi	a2, 13
	movi	a6, 1
	system_call
	j	next
done:
	movi	a2, 13
	movi	a6, 1
	load_length
	add	a3, a0, a4
	addi	a3, a3, -1
	movi	a4, 1
	system_call
	addi	a1, a1, -16
	movi	a2, 12
	movi	a6, 0
	or	a3, a1, a1
	movi	a4, 1
	system_call
	movi	a6, 3
	bnei	a2, 1, leave
	l8ui	a6, a1, 0
	movi	a5, 0x5a
	xor	a6, a6, a5
leave:
	movi	a2, 118
	system_call
