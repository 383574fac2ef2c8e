/* The probe for MIPS in its three ABIs, either byte order. Entry state and system calls (arch/mips/kernel/syscalls) of the
   ABI that CALLS tells by its first number: 4000 o32, 5000 n64, 6000 n32; number in v0, an error is told by a3. */
	.set	noreorder
	.if	CALLS == 4000
	.equ	EXIT, 4001
	.equ	READ, 4003
	.equ	WRITE, 4004
	.else
	.equ	READ, CALLS
	.equ	WRITE, CALLS + 1
	.equ	EXIT, CALLS + 58
	.endif

	.macro	load register, address
	.if	CALLS == 5000
	ld	\register, \address
	.else
	lw	\register, \address
	.endif
	.endm

	.if	CALLS == 5000
	.equ	WORD, 8
	.else
	.equ	WORD, 4
	.endif

	.macro	advance register, from, by
	.if	CALLS == 5000
	daddiu	\register, \from, \by
	.else
	addiu	\register, \from, \by
	.endif
	.endm

	/* The call leaves the banner's address in ra: no relocation is needed. */
	bal	start
	nop
	.incbin	"banner"
	.balign	4
start:
	load	$s1, 0($sp)
	advance	$s0, $sp, WORD
	li	$v0, WRITE
	li	$a0, 1
	move	$a1, $ra
	li	$a2, BANNER_LENGTH
	syscall
next:
	beqz	$s1, done
	addiu	$s1, $s1, -1
	load	$a1, 0($s0)
	advance	$s0, $s0, WORD
	li	$a2, 0
	move	$a3, $a1
length:
	lbu	$v0, 0($a3)
	advance	$a3, $a3, 1
	bnez	$v0, length
	addiu	$a2, $a2, 1
	li	$v0, WRITE
	li	$a0, 1
	syscall
	b	next
	nop
done:
	li	$v0, WRITE
	li	$a0, 1
	advance	$a1, $ra, BANNER_LENGTH - 1
	li	$a2, 1
	syscall
	advance	$sp, $sp, -16
	li	$v0, READ
	li	$a0, 0
	move	$a1, $sp
	li	$a2, 1
	syscall
	bnez	$a3, failed
	li	$a0, 1
	bne	$v0, $a0, failed
	nop
	lbu	$a0, 0($sp)
	b	leave
	xori	$a0, $a0, 0x5a
failed:
	li	$a0, 3
leave:
	li	$v0, EXIT
	syscall
