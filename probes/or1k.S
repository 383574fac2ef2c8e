/* The probe for OpenRISC 1000. System calls of the kernel's generic table (asm-generic/unistd.h): 63 read, 64 write, 93 exit;
   number and result in r11, arguments from r3 on, l.sys 1. */
	/* The call leaves the banner's address in r9: no relocation is needed. */
	l.jal	start
	l.nop
	.incbin	"banner"
	.balign	4
start:
	l.ori	r14, r9, 0
	l.lwz	r16, 0(r1)
	l.addi	r18, r1, 4
	l.addi	r11, r0, 64
	l.addi	r3, r0, 1
	l.ori	r4, r14, 0
	l.addi	r5, r0, BANNER_LENGTH
	l.sys	1
next:
	l.sfeqi	r16, 0
	l.bf	done
	l.addi	r16, r16, -1
	l.lwz	r4, 0(r18)
	l.addi	r18, r18, 4
	l.ori	r5, r4, 0
length:
	l.lbz	r6, 0(r5)
	l.sfnei	r6, 0
	l.bf	length
	l.addi	r5, r5, 1
	l.sub	r5, r5, r4
	l.addi	r11, r0, 64
	l.addi	r3, r0, 1
	l.sys	1
	l.j	next
	l.nop
done:
	l.addi	r11, r0, 64
	l.addi	r3, r0, 1
	l.addi	r4, r14, BANNER_LENGTH - 1
	l.addi	r5, r0, 1
	l.sys	1
	l.addi	r1, r1, -16
	l.addi	r11, r0, 63
	l.addi	r3, r0, 0
	l.ori	r4, r1, 0
	l.addi	r5, r0, 1
	l.sys	1
	l.sfnei	r11, 1
	l.bf	leave
	l.addi	r3, r0, 3
	l.lbz	r3, 0(r1)
	l.xori	r3, r3, 0x5a
leave:
	l.addi	r11, r0, 93
	l.sys	1
