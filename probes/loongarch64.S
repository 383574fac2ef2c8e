/* The probe for 64-bit LoongArch. LoongArch ELF psABI entry state; system calls of the kernel's generic table
   (asm-generic/unistd.h): 63 read, 64 write, 93 exit; number in a7, syscall 0. */
	/* The call leaves the banner's address in ra: no relocation is needed. */
	bl	start
	.incbin	"banner"
	.balign	4
start:
	ld.d	$s1, $sp, 0
	addi.d	$s0, $sp, 8
	li.w	$a0, 1
	move	$a1, $ra
	li.w	$a2, BANNER_LENGTH
	li.w	$a7, 64
	syscall	0
next:
	beqz	$s1, done
	addi.d	$s1, $s1, -1
	ld.d	$a1, $s0, 0
	addi.d	$s0, $s0, 8
	move	$a2, $a1
length:
	ld.bu	$a3, $a2, 0
	addi.d	$a2, $a2, 1
	bnez	$a3, length
	sub.d	$a2, $a2, $a1
	li.w	$a0, 1
	li.w	$a7, 64
	syscall	0
	b	next
done:
	li.w	$a0, 1
	addi.d	$a1, $ra, BANNER_LENGTH - 1
	li.w	$a2, 1
	li.w	$a7, 64
	syscall	0
	addi.d	$sp, $sp, -16
	li.w	$a0, 0
	move	$a1, $sp
	li.w	$a2, 1
	li.w	$a7, 63
	syscall	0
	li.w	$a1, 1
	bne	$a0, $a1, failed
	ld.bu	$a0, $sp, 0
	xori	$a0, $a0, 0x5a
	b	leave
failed:
	li.w	$a0, 3
leave:
	li.w	$a7, 93
	syscall	0
