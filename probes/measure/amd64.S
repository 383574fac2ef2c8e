/* The measurer for x86_64 hosts: `measure RESULT PATH ARGV0 ARGS...` runs PATH with the arguments, waits for it, and writes 24 words of 8 bytes
   to the file RESULT: the errno of execve or 0, the wait status, two times of CLOCK_MONOTONIC (seconds, nanoseconds: before and after), and
   struct rusage of wait4(2), which counts the program's own children, too. Exit status 1 when that cannot be done.
   Syscalls: arch/x86/entry/syscalls/syscall_64.tbl. */
        .globl _start
        .text
_start: mov     (%rsp), %rax
        lea     8(%rsp), %rbp           /* argv */
        lea     8(%rbp,%rax,8), %r12    /* envp */
        sub     $192, %rsp
        mov     %rsp, %rbx              /* the record */
        movq    $0, (%rbx)
        movq    $0, 8(%rbx)
        mov     $228, %eax              /* clock_gettime(CLOCK_MONOTONIC) */
        mov     $1, %edi
        lea     16(%rbx), %rsi
        syscall
        mov     $58, %eax               /* vfork: the child writes to our memory */
        syscall
        test    %rax, %rax
        js      fail
        jnz     1f
        mov     16(%rbp), %rdi
        lea     24(%rbp), %rsi
        mov     %r12, %rdx
        mov     $59, %eax               /* execve */
        syscall
        neg     %rax
        mov     %rax, (%rbx)
        mov     $127, %edi
        mov     $60, %eax               /* exit */
        syscall
1:      mov     %rax, %r13
2:      mov     %r13, %rdi
        lea     8(%rbx), %rsi
        xor     %edx, %edx
        lea     48(%rbx), %r10
        mov     $61, %eax               /* wait4 */
        syscall
        cmp     $-4, %rax               /* EINTR */
        je      2b
        test    %rax, %rax
        js      fail
        mov     $228, %eax
        mov     $1, %edi
        lea     32(%rbx), %rsi
        syscall
        mov     8(%rbp), %rdi
        mov     $0x241, %esi            /* O_WRONLY, O_CREAT, O_TRUNC */
        mov     $0x180, %edx            /* 0600 */
        mov     $2, %eax                /* open */
        syscall
        test    %rax, %rax
        js      fail
        mov     %rax, %rdi
        mov     %rbx, %rsi
        mov     $192, %edx
        mov     $1, %eax                /* write */
        syscall
        cmp     $192, %rax
        jne     fail
        xor     %edi, %edi
        mov     $60, %eax
        syscall
fail:   mov     $1, %edi
        mov     $60, %eax
        syscall
