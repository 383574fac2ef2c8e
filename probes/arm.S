/* The probe for 32-bit Arm, either byte order, in instructions that every Arm since version 4 has (no Thumb). Big-endian means
   BE-32, code included. EABI system calls (arch/arm/tools/syscall.tbl): 1 exit, 3 read, 4 write; number in r7, svc #0. */
	ldr	r5, [sp]
	add	r4, sp, #4
	mov	r0, #1
	adr	r1, banner
	mov	r2, #BANNER_LENGTH
	mov	r7, #4
	svc	#0
next:
	subs	r5, r5, #1
	bmi	done
	ldr	r1, [r4], #4
	mov	r2, #0
length:
	ldrb	r3, [r1, r2]
	add	r2, r2, #1
	cmp	r3, #0
	bne	length
	mov	r0, #1
	mov	r7, #4
	svc	#0
	b	next
done:
	mov	r0, #1
	adr	r1, banner
	add	r1, r1, #BANNER_LENGTH - 1
	mov	r2, #1
	mov	r7, #4
	svc	#0
	sub	sp, sp, #8
	mov	r0, #0
	mov	r1, sp
	mov	r2, #1
	mov	r7, #3
	svc	#0
	cmp	r0, #1
	movne	r0, #3
	ldrbeq	r0, [sp]
	eoreq	r0, r0, #0x5a
	mov	r7, #1
	svc	#0
	.balign	4
banner:
	.incbin	"banner"
