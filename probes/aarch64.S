/* The probe for 64-bit Arm, either byte order. AAPCS64 entry state and the system call numbers of the kernel's
   generic table (asm-generic/unistd.h): 63 read, 64 write, 93 exit; number in x8, svc #0. */
	ldr	x20, [sp]
	add	x19, sp, #8
	mov	x0, #1
	adr	x1, banner
	mov	x2, #BANNER_LENGTH
	mov	x8, #64
	svc	#0
next:
	cbz	x20, done
	sub	x20, x20, #1
	ldr	x1, [x19], #8
	mov	x2, #0
length:
	ldrb	w3, [x1, x2]
	add	x2, x2, #1
	cbnz	w3, length
	mov	x0, #1
	mov	x8, #64
	svc	#0
	b	next
done:
	mov	x0, #1
	adr	x1, banner + BANNER_LENGTH - 1
	mov	x2, #1
	mov	x8, #64
	svc	#0
	sub	sp, sp, #16
	mov	x0, #0
	mov	x1, sp
	mov	x2, #1
	mov	x8, #63
	svc	#0
	cmp	x0, #1
	b.ne	failed
	ldrb	w0, [sp]
	mov	w1, #0x5a
	eor	w0, w0, w1
	b	leave
failed:
	mov	x0, #3
leave:
	mov	x8, #93
	svc	#0
banner:
	.incbin	"banner"
