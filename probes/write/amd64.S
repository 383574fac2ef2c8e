/* The writer for x86_64 hosts: `write PATH DEVICE INODE WORD` writes WORD to a file of the kernel that is still the one that was looked at: of this
   device and inode, and with the text that stands on standard input. It is opened once, so that nobody can put another file in between.
   It says one line "setup-qemu: STAGE" on standard output: "wrote", "other" (it is another file or text by now), or what failed, with the errno as
   exit status. Syscalls: arch/x86/entry/syscalls/syscall_64.tbl. */
        .equ    SIZE, 65536
        .globl _start
        .text
_start: lea     8(%rsp), %rbp           /* argv */
        sub     $(2*SIZE+256), %rsp     /* what was seen, what is there, its stat */
        lea     read(%rip), %r15
        xor     %ebx, %ebx
        mov     %rsp, %rsi
        call    fill
        mov     %r13, %r12              /* length of what was seen */
        lea     open(%rip), %r15
        mov     8(%rbp), %rdi
        mov     $0xa0002, %esi          /* O_RDWR, O_NOFOLLOW, O_CLOEXEC */
        mov     $2, %eax                /* open */
        syscall
        test    %rax, %rax
        js      fail
        mov     %eax, %ebx
        lea     read(%rip), %r15
        mov     %ebx, %edi
        lea     2*SIZE(%rsp), %rsi
        mov     $5, %eax                /* fstat */
        syscall
        test    %rax, %rax
        js      fail
        lea     other(%rip), %r15
        mov     16(%rbp), %rsi
        call    number
        cmp     2*SIZE(%rsp), %rdi      /* st_dev */
        jne     told
        mov     24(%rbp), %rsi
        call    number
        cmp     2*SIZE+8(%rsp), %rdi    /* st_ino */
        jne     told
        lea     read(%rip), %r15
        lea     SIZE(%rsp), %rsi
        call    fill
        lea     other(%rip), %r15
        cmp     %r12, %r13
        jne     told
        mov     %rsp, %rsi
        lea     SIZE(%rsp), %rdi
        mov     %r12, %rcx
        cmp     %rcx, %rcx              /* equal, where there is nothing to compare */
        repe cmpsb
        jne     told
        lea     write(%rip), %r15
        mov     32(%rbp), %rsi
        mov     %rsi, %rdx
1:      cmpb    $0, (%rdx)
        je      2f
        inc     %rdx
        jmp     1b
2:      sub     %rsi, %rdx
        mov     %ebx, %edi
        mov     $1, %eax                /* write */
        syscall
        test    %rax, %rax
        js      fail
        lea     wrote(%rip), %r15
told:   xor     %eax, %eax
fail:   neg     %eax
        mov     %eax, %ebx
        mov     %r15, %rsi
        mov     $18, %edx
        mov     $1, %edi
        mov     $1, %eax                /* write */
        syscall
        mov     %ebx, %edi
        mov     $60, %eax               /* exit */
        syscall
fill:   xor     %r13d, %r13d            /* file ebx to its end, or SIZE bytes -> rsi; r13: how many */
        mov     %rsi, %r14
3:      mov     %ebx, %edi
        lea     (%r14,%r13), %rsi
        mov     $SIZE, %edx
        sub     %r13, %rdx
        xor     %eax, %eax              /* read */
        syscall
        test    %rax, %rax
        js      fail
        jz      4f
        add     %rax, %r13
        jmp     3b
4:      ret
number: xor     %edi, %edi              /* decimal at rsi -> rdi */
5:      movzbl  (%rsi), %eax
        test    %eax, %eax
        jz      4b
        imul    $10, %rdi
        lea     -48(%rdi,%rax), %rdi
        inc     %rsi
        jmp     5b
wrote:  .ascii  "setup-qemu: wrote\n"
other:  .ascii  "setup-qemu: other\n"
open:   .ascii  "setup-qemu: open \n"
read:   .ascii  "setup-qemu: read \n"
write:  .ascii  "setup-qemu: write\n"
