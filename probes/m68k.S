/* The probe for the Motorola 68000 family. System calls (arch/m68k/kernel/syscalls/syscall.tbl): 1 exit, 3 read, 4 write;
   number in d0, arguments from d1 on, trap #0. */
	move.l	(%sp)+, %d4
	lea	(banner, %pc), %a2
	move.l	#4, %d0
	move.l	#1, %d1
	move.l	%a2, %d2
	move.l	#BANNER_LENGTH, %d3
	trap	#0
next:
	sub.l	#1, %d4
	bmi	done
	move.l	(%sp)+, %a0
	move.l	%a0, %d2
length:
	move.b	(%a0)+, %d0
	bne	length
	move.l	%a0, %d3
	sub.l	%d2, %d3
	move.l	#4, %d0
	move.l	#1, %d1
	trap	#0
	bra	next
done:
	move.l	#4, %d0
	move.l	#1, %d1
	lea	(BANNER_LENGTH - 1, %a2), %a0
	move.l	%a0, %d2
	move.l	#1, %d3
	trap	#0
	lea	(-16, %sp), %sp
	move.l	#3, %d0
	move.l	#0, %d1
	move.l	%sp, %d2
	move.l	#1, %d3
	trap	#0
	move.l	#3, %d1
	cmp.l	#1, %d0
	bne	leave
	move.l	#0, %d1
	move.b	(%sp), %d1
	eor.b	#0x5a, %d1
leave:
	move.l	#1, %d0
	trap	#0
	.balign	2
banner:
	.incbin	"banner"
