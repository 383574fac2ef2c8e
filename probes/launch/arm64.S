/* The launcher for aarch64 hosts; what it does stands in amd64.S. Syscalls: include/uapi/asm-generic/unistd.h. */
        .globl _start
        .text
_start: ldr     x0, [sp]
        add     x19, sp, #8             /* argv */
        add     x20, x19, x0, lsl #3
        add     x20, x20, #8            /* envp */
        adr     x21, chroot
        ldr     x0, [x19, #24]
        ldrb    w1, [x0]
        cbz     w1, 1f
        mov     x8, #51                 /* chroot */
        svc     #0
        cbnz    x0, fail
        adr     x0, root
        mov     x8, #49                 /* chdir */
        svc     #0
        cbnz    x0, fail
1:      adr     x21, setid
        ldr     x1, [x19, #8]
        ldrb    w2, [x1]
        cmp     w2, #45
        b.eq    2f
        mov     x0, #0
        mov     x1, #0
        mov     x8, #159                /* setgroups */
        svc     #0
        cbnz    x0, fail
        ldr     x1, [x19, #16]
        bl      number
        mov     x8, #144                /* setgid */
        svc     #0
        cbnz    x0, fail
        ldr     x1, [x19, #8]
        bl      number
        mov     x8, #146                /* setuid */
        svc     #0
        cbnz    x0, fail
2:      adr     x21, exec
        ldr     x0, [x19, #32]
        add     x1, x19, #40
        mov     x2, x20
        mov     x8, #221                /* execve */
        svc     #0
fail:   neg     x22, x0
        mov     x0, #2
        mov     x1, x21
        mov     x2, #19
        mov     x8, #64                 /* write */
        svc     #0
        mov     x0, x22
        mov     x8, #93                 /* exit */
        svc     #0
number: mov     x0, #0                  /* decimal at x1 -> x0 */
        mov     x3, #10
3:      ldrb    w2, [x1], #1
        cbz     w2, 4f
        sub     w2, w2, #48
        madd    x0, x0, x3, x2
        b       3b
4:      ret
chroot: .ascii  "setup-qemu: chroot\n"
setid:  .ascii  "setup-qemu: setid \n"
exec:   .ascii  "setup-qemu: exec  \n"
root:   .asciz  "/"
