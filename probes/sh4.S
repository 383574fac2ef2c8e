/* The probe for SuperH, either byte order. System calls (arch/sh/kernel/syscalls/syscall.tbl): 1 exit, 3 read, 4 write;
   number in r3, trapa #0x10 plus the number of arguments. */
	/* The call leaves the banner's address in pr: no relocation is needed. */
	bsr	start
	nop
	.incbin	"banner"
	.balign	2
start:
	sts	pr, r8
	mov.l	@r15+, r9
	mov	#4, r3
	mov	#1, r4
	mov	r8, r5
	mov	#BANNER_LENGTH, r6
	trapa	#0x13
next:
	tst	r9, r9
	bt	done
	add	#-1, r9
	mov.l	@r15+, r5
	mov	r5, r6
length:
	mov.b	@r6+, r0
	tst	r0, r0
	bf	length
	sub	r5, r6
	mov	#4, r3
	mov	#1, r4
	trapa	#0x13
	bra	next
	nop
done:
	mov	#4, r3
	mov	#1, r4
	mov	r8, r5
	add	#BANNER_LENGTH - 1, r5
	mov	#1, r6
	trapa	#0x13
	add	#-16, r15
	mov	#3, r3
	mov	#0, r4
	mov	r15, r5
	mov	#1, r6
	trapa	#0x13
	mov	#3, r4
	cmp/eq	#1, r0
	bf	leave
	mov.b	@r15, r0
	extu.b	r0, r0
	xor	#0x5a, r0
	mov	r0, r4
leave:
	mov	#1, r3
	trapa	#0x11
