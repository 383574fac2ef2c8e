/* The probe for 32-bit PA-RISC. Entry state of the Linux port: argc in r25, argv in r24, a stack that grows upward. System
   calls (arch/parisc/kernel/syscalls/syscall.tbl): 1 exit, 3 read, 4 write; number in r20, by a branch to the gateway page. */
	.text
	.level	1.1
	.macro	system_call number
	ble	0x100(%sr2, %r0)
	ldi	\number, %r20
	.endm

	/* The call leaves the banner's address in r3, with the privilege level in the two lowest bits. */
	bl	start, %r3
	nop
	.incbin	"banner"
	.balign	4
start:
	depi	0, 31, 2, %r3
	copy	%r25, %r4
	copy	%r24, %r5
	ldi	1, %r26
	copy	%r3, %r25
	ldi	BANNER_LENGTH, %r24
	system_call 4
next:
	comib,=,n 0, %r4, done
	ldo	-1(%r4), %r4
	ldw	0(%r5), %r25
	ldo	4(%r5), %r5
	copy	%r25, %r24
length:
	ldb	0(%r24), %r19
	comib,<> 0, %r19, length
	ldo	1(%r24), %r24
	sub	%r24, %r25, %r24
	ldi	1, %r26
	system_call 4
	b	next
	nop
done:
	ldi	1, %r26
	ldo	BANNER_LENGTH - 1(%r3), %r25
	ldi	1, %r24
	system_call 4
	ldi	0, %r26
	copy	%r30, %r25
	ldi	1, %r24
	system_call 3
	comib,<> 1, %r28, leave
	ldi	3, %r26
	ldb	0(%r30), %r26
	ldi	0x5a, %r19
	xor	%r26, %r19, %r26
leave:
	system_call 1
