# A chain of hashes in a child process, and a sum over threads.
use strict;
use warnings;
use threads;
use Digest::SHA qw(sha256_hex);

pipe(my $from, my $to) or die "pipe: $!";
my $child = fork() // die "fork: $!";
if ($child == 0) {
  my $hash = 'guest';
  $hash = sha256_hex($hash) for 1 .. 3000;
  syswrite $to, $hash or die "write: $!";
  exit 7;
}
close $to;
my @threads = map { my $part = $_; threads->create(sub { my $sum = 0; $sum += $_ * $_ for $part * 250 + 1 .. $part * 250 + 250; $sum }) } 0 .. 3;
my $sum = 0;
$sum += $_->join for @threads;
read $from, my $hash, 64;
waitpid $child, 0;
print $hash, ' ', $sum, ' ', $? >> 8, "\n";
