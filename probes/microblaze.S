/* The probe for MicroBlaze. No packaged assembler knows this processor, so each instruction is defined here as a word of
   data, after the MicroBlaze Processor Reference Guide. System calls (arch/microblaze/kernel/syscalls/syscall.tbl): 1 exit,
   3 read, 4 write; number in r12, arguments from r5 on, result in r3. */
	.macro	immediate opcode, d, a, value
	.4byte	\opcode << 26 | \d << 21 | \a << 16 | ((\value) & 0xffff)
	.endm
	.macro	rsubk d, a, b
	.4byte	0x05 << 26 | \d << 21 | \a << 16 | \b << 11
	.endm
	.macro	addik d, a, value
	immediate 0x0c, \d, \a, \value
	.endm
	.macro	xori d, a, value
	immediate 0x2a, \d, \a, \value
	.endm
	.macro	lbui d, a, value
	immediate 0x38, \d, \a, \value
	.endm
	.macro	lwi d, a, value
	immediate 0x3a, \d, \a, \value
	.endm
	.macro	beqi a, target
	immediate 0x2f, 0, \a, \target - .
	.endm
	.macro	bnei a, target
	immediate 0x2f, 1, \a, \target - .
	.endm
	.macro	bri target
	immediate 0x2e, 0, 0, \target - .
	.endm
	.macro	brlid d, target
	immediate 0x2e, \d, 0x14, \target - .
	.endm
	.macro	system_call number
	addik	12, 0, \number
	/* brki r14, 8 */
	immediate 0x2e, 14, 0x0c, 8
	.endm

	/* The call leaves its own address in r15; what follows it is in the delay slot. */
	brlid	15, start
	addik	0, 0, 0
	.incbin	"banner"
	.balign	4
start:
	addik	19, 15, 8
	lwi	20, 1, 0
	addik	21, 1, 4
	addik	5, 0, 1
	addik	6, 19, 0
	addik	7, 0, BANNER_LENGTH
	system_call 4
next:
	beqi	20, done
	addik	20, 20, -1
	lwi	6, 21, 0
	addik	21, 21, 4
	addik	7, 6, 0
length:
	lbui	8, 7, 0
	addik	7, 7, 1
	bnei	8, length
	rsubk	7, 6, 7
	addik	5, 0, 1
	system_call 4
	bri	next
done:
	addik	5, 0, 1
	addik	6, 19, BANNER_LENGTH - 1
	addik	7, 0, 1
	system_call 4
	addik	1, 1, -16
	addik	5, 0, 0
	addik	6, 1, 0
	addik	7, 0, 1
	system_call 3
	addik	5, 0, 3
	addik	3, 3, -1
	bnei	3, leave
	lbui	5, 1, 0
	xori	5, 5, 0x5a
leave:
	system_call 1
