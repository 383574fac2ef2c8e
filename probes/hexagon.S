/* The probe for Qualcomm Hexagon. System calls of the kernel's generic table (asm-generic/unistd.h): 63 read, 64 write,
   93 exit; number in r6, arguments from r0 on, trap0(#1). */
	/* The call leaves the banner's address in r31: no relocation is needed. */
	call	start
	.incbin	"banner"
	.balign	4
start:
	r16 = memw(r29 + #0)
	r17 = add(r29, #4)
	r6 = #64
	r0 = #1
	r1 = r31
	r2 = #BANNER_LENGTH
	trap0(#1)
next:
	p0 = cmp.eq(r16, #0)
	if (p0) jump done
	r16 = add(r16, #-1)
	r1 = memw(r17 + #0)
	r17 = add(r17, #4)
	r2 = r1
length:
	r3 = memub(r2 + #0)
	r2 = add(r2, #1)
	p0 = cmp.eq(r3, #0)
	if (!p0) jump length
	r2 = sub(r2, r1)
	r6 = #64
	r0 = #1
	trap0(#1)
	jump next
done:
	r6 = #64
	r0 = #1
	r1 = add(r31, #BANNER_LENGTH - 1)
	r2 = #1
	trap0(#1)
	r29 = add(r29, #-16)
	r6 = #63
	r0 = #0
	r1 = r29
	r2 = #1
	trap0(#1)
	p0 = cmp.eq(r0, #1)
	r0 = #3
	if (!p0) jump leave
	r0 = memub(r29 + #0)
	r1 = #0x5a
	r0 = xor(r0, r1)
leave:
	r6 = #93
	trap0(#1)
