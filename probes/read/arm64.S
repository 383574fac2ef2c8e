/* The reader for aarch64; what it does stands in amd64.S. Syscalls: include/uapi/asm-generic/unistd.h. */
        .globl _start
        .text
_start: add     x19, sp, #8             /* argv */
        sub     sp, sp, #16, lsl #12    /* buffer */
next:   ldr     x1, [x19, #8]!
        mov     x0, #0
        cbz     x1, end
        mov     x0, #-100               /* AT_FDCWD */
        mov     x2, #0
        mov     x3, #0
        mov     x8, #56                 /* openat */
        svc     #0
        tbnz    x0, #63, end
        mov     x20, x0
more:   mov     x0, x20
        mov     x1, sp
        mov     x2, #65536
        mov     x8, #63                 /* read */
        svc     #0
        tbnz    x0, #63, end
        cbz     x0, next
        mov     x21, sp
        mov     x22, x0
rest:   mov     x0, #1
        mov     x1, x21
        mov     x2, x22
        mov     x8, #64                 /* write */
        svc     #0
        tbnz    x0, #63, end
        add     x21, x21, x0
        subs    x22, x22, x0
        b.ne    rest
        b       more
end:    neg     x0, x0
        mov     x8, #93                 /* exit */
        svc     #0
