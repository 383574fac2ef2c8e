/* The probe for 64-bit x86. System V AMD64 ABI entry state; system calls
   (arch/x86/entry/syscalls/syscall_64.tbl): 0 read, 1 write, 60 exit; number in eax, syscall. */
	popq	%rbx
	movl	$1, %eax
	movl	$1, %edi
	leaq	banner(%rip), %rsi
	movl	$BANNER_LENGTH, %edx
	syscall
next:
	decq	%rbx
	js	done
	popq	%rsi
	xorl	%edx, %edx
length:
	incq	%rdx
	cmpb	$0, -1(%rsi, %rdx)
	jne	length
	movl	$1, %eax
	movl	$1, %edi
	syscall
	jmp	next
done:
	movl	$1, %eax
	movl	$1, %edi
	leaq	banner + BANNER_LENGTH - 1(%rip), %rsi
	movl	$1, %edx
	syscall
	pushq	$0
	movl	$0, %eax
	movl	$0, %edi
	movq	%rsp, %rsi
	movl	$1, %edx
	syscall
	movl	$3, %edi
	cmpq	$1, %rax
	jne	leave
	popq	%rdi
	xorl	$0x5a, %edi
leave:
	movl	$60, %eax
	syscall
banner:
	.incbin	"banner"
