/* The probe for 32-bit x86 (80386 and newer). System V i386 ABI entry state; system calls
   (arch/x86/entry/syscalls/syscall_32.tbl): 1 exit, 3 read, 4 write; number in eax, int 0x80. */
	popl	%esi
	/* The call pushes the banner's address: no relocation is needed. */
	call	start
	.incbin	"banner"
start:
	popl	%edi
	movl	$4, %eax
	movl	$1, %ebx
	movl	%edi, %ecx
	movl	$BANNER_LENGTH, %edx
	int	$0x80
next:
	decl	%esi
	js	done
	popl	%ecx
	xorl	%edx, %edx
length:
	incl	%edx
	cmpb	$0, -1(%ecx, %edx)
	jne	length
	movl	$4, %eax
	movl	$1, %ebx
	int	$0x80
	jmp	next
done:
	movl	$4, %eax
	movl	$1, %ebx
	leal	BANNER_LENGTH - 1(%edi), %ecx
	movl	$1, %edx
	int	$0x80
	pushl	$0
	movl	$3, %eax
	movl	$0, %ebx
	movl	%esp, %ecx
	movl	$1, %edx
	int	$0x80
	movl	$3, %ebx
	cmpl	$1, %eax
	jne	leave
	popl	%ebx
	xorl	$0x5a, %ebx
leave:
	movl	$1, %eax
	int	$0x80
