/* The probe for PowerPC, 32 and 64 bits (BITS), either byte order. The 64-bit ones follow ELF ABI version 2, big-endian too:
   there the entry point is code and no descriptor. System calls (arch/powerpc/kernel/syscalls/syscall.tbl): 1 exit, 3 read,
   4 write; number in r0, sc; an error is told by the summary overflow bit of cr0. */
	.macro	load register, address
	.if	BITS == 64
	ld	\register, \address
	.else
	lwz	\register, \address
	.endif
	.endm

	.if	BITS == 64
	.abiversion 2
	.endif
	/* The call leaves the banner's address in the link register: no relocation is needed. */
	bl	start
	.incbin	"banner"
	.balign	4
start:
	mflr	%r29
	load	%r30, 0(%r1)
	addi	%r31, %r1, BITS / 8
	li	%r0, 4
	li	%r3, 1
	mr	%r4, %r29
	li	%r5, BANNER_LENGTH
	sc
next:
	cmpwi	%r30, 0
	beq	done
	addi	%r30, %r30, -1
	load	%r4, 0(%r31)
	addi	%r31, %r31, BITS / 8
	li	%r5, 0
length:
	lbzx	%r6, %r4, %r5
	addi	%r5, %r5, 1
	cmpwi	%r6, 0
	bne	length
	li	%r0, 4
	li	%r3, 1
	sc
	b	next
done:
	li	%r0, 4
	li	%r3, 1
	addi	%r4, %r29, BANNER_LENGTH - 1
	li	%r5, 1
	sc
	addi	%r1, %r1, -16
	li	%r0, 3
	li	%r3, 0
	mr	%r4, %r1
	li	%r5, 1
	sc
	bso	failed
	cmpwi	%r3, 1
	bne	failed
	lbz	%r3, 0(%r1)
	xori	%r3, %r3, 0x5a
	b	leave
failed:
	li	%r3, 3
leave:
	li	%r0, 1
	sc
