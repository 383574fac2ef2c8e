/* The launcher for x86_64 hosts: `launch UID GID DIR PATH ARGV0 ARGS...` does chroot(DIR) unless it is empty, becomes UID and GID
   unless UID is "-", and does execve(PATH). Unlike execvp it never hands a refused file to /bin/sh, and it tells the errno:
   on failure one line "setup-qemu: STAGE" on standard error and the errno as exit status. Syscalls: arch/x86/entry/syscalls/syscall_64.tbl. */
        .globl _start
        .text
_start: mov     (%rsp), %rax
        lea     8(%rsp), %rbp           /* argv */
        lea     8(%rbp,%rax,8), %r12    /* envp */
        lea     chroot(%rip), %r13
        mov     24(%rbp), %rdi
        cmpb    $0, (%rdi)
        je      1f
        mov     $161, %eax              /* chroot */
        syscall
        test    %eax, %eax
        jnz     fail
        lea     root(%rip), %rdi
        mov     $80, %eax               /* chdir */
        syscall
        test    %eax, %eax
        jnz     fail
1:      lea     setid(%rip), %r13
        mov     8(%rbp), %rsi
        cmpb    $45, (%rsi)
        je      2f
        xor     %edi, %edi
        xor     %esi, %esi
        mov     $116, %eax              /* setgroups */
        syscall
        test    %eax, %eax
        jnz     fail
        mov     16(%rbp), %rsi
        call    number
        mov     $106, %eax              /* setgid */
        syscall
        test    %eax, %eax
        jnz     fail
        mov     8(%rbp), %rsi
        call    number
        mov     $105, %eax              /* setuid */
        syscall
        test    %eax, %eax
        jnz     fail
2:      lea     exec(%rip), %r13
        mov     32(%rbp), %rdi
        lea     40(%rbp), %rsi
        mov     %r12, %rdx
        mov     $59, %eax               /* execve */
        syscall
fail:   neg     %eax
        mov     %eax, %ebx
        mov     %r13, %rsi
        mov     $19, %edx
        mov     $2, %edi
        mov     $1, %eax                /* write */
        syscall
        mov     %ebx, %edi
        mov     $60, %eax               /* exit */
        syscall
number: xor     %edi, %edi              /* decimal at rsi -> edi */
3:      movzbl  (%rsi), %eax
        test    %eax, %eax
        jz      4f
        imul    $10, %edi
        lea     -48(%rdi,%rax), %edi
        inc     %rsi
        jmp     3b
4:      ret
chroot: .ascii  "setup-qemu: chroot\n"
setid:  .ascii  "setup-qemu: setid \n"
exec:   .ascii  "setup-qemu: exec  \n"
root:   .asciz  "/"
