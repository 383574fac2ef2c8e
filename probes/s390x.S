/* The probe for 64-bit z/Architecture (z900 and newer). s390x ELF ABI entry state; system calls
   (arch/s390/kernel/syscalls/syscall.tbl): 1 exit, 3 read, 4 write; number in the svc instruction itself. */
	lg	%r7, 0(%r15)
	la	%r8, 8(%r15)
	larl	%r6, banner
	lghi	%r2, 1
	lgr	%r3, %r6
	lghi	%r4, BANNER_LENGTH
	svc	4
next:
	aghi	%r7, -1
	jl	done
	lg	%r3, 0(%r8)
	la	%r8, 8(%r8)
	lgr	%r4, %r3
length:
	cli	0(%r4), 0
	la	%r4, 1(%r4)
	jne	length
	sgr	%r4, %r3
	lghi	%r2, 1
	svc	4
	j	next
done:
	lghi	%r2, 1
	la	%r3, BANNER_LENGTH - 1(%r6)
	lghi	%r4, 1
	svc	4
	aghi	%r15, -8
	lghi	%r2, 0
	lgr	%r3, %r15
	lghi	%r4, 1
	svc	3
	cghi	%r2, 1
	jne	failed
	xi	0(%r15), 0x5a
	lghi	%r2, 0
	ic	%r2, 0(%r15)
	j	leave
failed:
	lghi	%r2, 3
leave:
	svc	1
	.balign	2
banner:
	.incbin	"banner"
