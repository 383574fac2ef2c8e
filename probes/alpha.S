/* The probe for Alpha, first generation instructions only (no byte loads). System calls
   (arch/alpha/kernel/syscalls/syscall.tbl): 1 exit, 3 read, 4 write; number in v0 ($0), an error is told by a3 ($19). */
	.set	noat
	.set	noreorder
	/* The branch leaves the banner's address in $9: no relocation is needed. */
	br	$9, start
	.incbin	"banner"
	.balign	4
start:
	ldq	$10, 0($30)
	lda	$11, 8($30)
	lda	$0, 4($31)
	lda	$16, 1($31)
	bis	$9, $9, $17
	lda	$18, BANNER_LENGTH($31)
	call_pal 0x83
next:
	beq	$10, done
	subq	$10, 1, $10
	ldq	$17, 0($11)
	lda	$11, 8($11)
	bis	$17, $17, $1
length:
	ldq_u	$2, 0($1)
	extbl	$2, $1, $2
	lda	$1, 1($1)
	bne	$2, length
	subq	$1, $17, $18
	lda	$0, 4($31)
	lda	$16, 1($31)
	call_pal 0x83
	br	$31, next
done:
	lda	$0, 4($31)
	lda	$16, 1($31)
	lda	$17, BANNER_LENGTH - 1($9)
	lda	$18, 1($31)
	call_pal 0x83
	lda	$30, -16($30)
	lda	$0, 3($31)
	bis	$31, $31, $16
	bis	$30, $30, $17
	lda	$18, 1($31)
	call_pal 0x83
	lda	$16, 3($31)
	bne	$19, leave
	subq	$0, 1, $0
	bne	$0, leave
	ldq_u	$1, 0($30)
	extbl	$1, $30, $1
	xor	$1, 0x5a, $16
leave:
	lda	$0, 1($31)
	call_pal 0x83
