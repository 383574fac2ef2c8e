/* The probe for RISC-V, 32 and 64 bits (XLEN), base integer instructions only. RISC-V ELF psABI entry state; system calls
   of the kernel's generic table (asm-generic/unistd.h): 63 read, 64 write, 93 exit; number in a7, ecall. */
	.macro	load register, address
	.if	XLEN == 64
	ld	\register, \address
	.else
	lw	\register, \address
	.endif
	.endm

	/* The call leaves the banner's address in ra: no relocation is needed. */
	jal	ra, start
	.incbin	"banner"
	.balign	4
start:
	load	s1, 0(sp)
	addi	s0, sp, XLEN / 8
	li	a0, 1
	mv	a1, ra
	li	a2, BANNER_LENGTH
	li	a7, 64
	ecall
next:
	beqz	s1, done
	addi	s1, s1, -1
	load	a1, 0(s0)
	addi	s0, s0, XLEN / 8
	mv	a2, a1
length:
	lbu	a3, 0(a2)
	addi	a2, a2, 1
	bnez	a3, length
	sub	a2, a2, a1
	li	a0, 1
	li	a7, 64
	ecall
	j	next
done:
	li	a0, 1
	addi	a1, ra, BANNER_LENGTH - 1
	li	a2, 1
	li	a7, 64
	ecall
	addi	sp, sp, -16
	li	a0, 0
	mv	a1, sp
	li	a2, 1
	li	a7, 63
	ecall
	li	a1, 1
	bne	a0, a1, failed
	lbu	a0, 0(sp)
	xori	a0, a0, 0x5a
	j	leave
failed:
	li	a0, 3
leave:
	li	a7, 93
	ecall
