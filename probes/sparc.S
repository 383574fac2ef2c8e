/* The probe for SPARC, 32 and 64 bits (BITS). SPARC ABI entry state: the arguments lie above a register window of 16 words
   and, at 64 bits, the stack bias of 2047. System calls (arch/sparc/kernel/syscalls/syscall.tbl): 1 exit, 3 read, 4 write;
   number in g1; an error is told by the carry flag. */
	.if	BITS == 64
	.equ	ARGUMENTS, 2047 + 16 * 8
	.else
	.equ	ARGUMENTS, 16 * 4
	.endif

	.macro	load address, register
	.if	BITS == 64
	ldx	\address, \register
	.else
	ld	\address, \register
	.endif
	.endm

	.macro	system_call
	.if	BITS == 64
	ta	0x6d
	.else
	ta	0x10
	.endif
	.endm

	/* The call leaves its own address in o7: no relocation is needed. */
	call	start
	nop
	.incbin	"banner"
	.balign	4
start:
	add	%o7, 8, %l0
	add	%sp, ARGUMENTS, %l1
	load	[%l1], %l2
	mov	4, %g1
	mov	1, %o0
	mov	%l0, %o1
	mov	BANNER_LENGTH, %o2
	system_call
next:
	cmp	%l2, 0
	be	done
	sub	%l2, 1, %l2
	add	%l1, BITS / 8, %l1
	load	[%l1], %o1
	mov	%o1, %o2
length:
	ldub	[%o2], %o3
	cmp	%o3, 0
	bne	length
	add	%o2, 1, %o2
	sub	%o2, %o1, %o2
	mov	4, %g1
	mov	1, %o0
	system_call
	ba	next
	nop
done:
	mov	4, %g1
	mov	1, %o0
	add	%l0, BANNER_LENGTH - 1, %o1
	mov	1, %o2
	system_call
	add	%sp, ARGUMENTS - 16, %l1
	mov	3, %g1
	mov	0, %o0
	mov	%l1, %o1
	mov	1, %o2
	system_call
	.if	BITS == 64
	bcs	%xcc, failed
	.else
	bcs	failed
	.endif
	nop
	cmp	%o0, 1
	bne	failed
	nop
	ldub	[%l1], %o0
	ba	leave
	xor	%o0, 0x5a, %o0
failed:
	mov	3, %o0
leave:
	mov	1, %g1
	system_call
