/* The measurer for aarch64 hosts; what it does stands in amd64.S. Syscalls: include/uapi/asm-generic/unistd.h. */
        .globl _start
        .text
_start: ldr     x0, [sp]
        add     x19, sp, #8             /* argv */
        add     x20, x19, x0, lsl #3
        add     x20, x20, #8            /* envp */
        sub     sp, sp, #192
        mov     x21, sp                 /* the record */
        stp     xzr, xzr, [x21]
        mov     x0, #1
        add     x1, x21, #16
        mov     x8, #113                /* clock_gettime(CLOCK_MONOTONIC) */
        svc     #0
        mov     x0, #0x4111             /* CLONE_VM, CLONE_VFORK, SIGCHLD: the child writes to our memory */
        mov     x1, #0
        mov     x2, #0
        mov     x3, #0
        mov     x4, #0
        mov     x8, #220                /* clone */
        svc     #0
        cmp     x0, #0
        b.lt    fail
        b.gt    1f
        ldr     x0, [x19, #16]
        add     x1, x19, #24
        mov     x2, x20
        mov     x8, #221                /* execve */
        svc     #0
        neg     x0, x0
        str     x0, [x21]
        mov     x0, #127
        mov     x8, #93                 /* exit */
        svc     #0
1:      mov     x22, x0
2:      mov     x0, x22
        add     x1, x21, #8
        mov     x2, #0
        add     x3, x21, #48
        mov     x8, #260                /* wait4 */
        svc     #0
        cmn     x0, #4                  /* EINTR */
        b.eq    2b
        cmp     x0, #0
        b.lt    fail
        mov     x0, #1
        add     x1, x21, #32
        mov     x8, #113
        svc     #0
        mov     x0, #-100               /* AT_FDCWD */
        ldr     x1, [x19, #8]
        mov     x2, #0x241              /* O_WRONLY, O_CREAT, O_TRUNC */
        mov     x3, #0x180              /* 0600 */
        mov     x8, #56                 /* openat */
        svc     #0
        cmp     x0, #0
        b.lt    fail
        mov     x1, x21
        mov     x2, #192
        mov     x8, #64                 /* write */
        svc     #0
        cmp     x0, #192
        b.ne    fail
        mov     x0, #0
        mov     x8, #93
        svc     #0
fail:   mov     x0, #1
        mov     x8, #93
        svc     #0
