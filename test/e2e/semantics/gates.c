// System calls and rights that an emulator may not hand on: credentials, ptrace, seccomp, io_uring, robust mutexes, programs without a path.
#include "behaviour.h"
#include <linux/io_uring.h>
#include <dirent.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <time.h>

static void ids(int argc, char **argv) {
  char line[256], *caps = "?";
  FILE *file = fopen("/proc/self/status", "r");
  while (file != NULL && fgets(line, sizeof line, file) != NULL)
    if (strncmp(line, "CapEff:\t", 8) == 0) {
      line[strcspn(line, "\n")] = 0;
      caps = line + 8;
      break;
    }
  printf("uid %d euid %d gid %d egid %d secure %lu net_raw %d\n", getuid(), geteuid(), getgid(), getegid(), getauxval(AT_SECURE),
         (int)(strtoull(caps, NULL, 16) >> 13 & 1));
}

static void answer(const char *name, long result) { printf("%s %s\n", name, result < 0 ? strerrorname_np(errno) : "works"); }

static void trace(int argc, char **argv) { answer("ptrace", ptrace(PTRACE_TRACEME, 0, NULL, NULL)); }

/** A filter that forbids nothing. */
static void filter(int argc, char **argv) {
  struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  struct sock_fprog program = {.len = 1, .filter = &allow};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  answer("seccomp", prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0));
}

static void ring(int argc, char **argv) {
  struct io_uring_params params = {0};
  answer("io_uring", syscall(SYS_io_uring_setup, 4, &params));
}

/** A process that dies while it holds a robust mutex, and what the next owner is told. */
static void robust(int argc, char **argv) {
  pthread_mutex_t *mutex = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(mutex, &attributes);
  pid_t child = fork();
  if (child == 0) {
    pthread_mutex_lock(mutex);
    _exit(0);
  }
  waitpid(child, NULL, 0);
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 1;
  int error = pthread_mutex_timedlock(mutex, &until);
  printf("%s\n", error == 0 ? "locked" : strerrorname_np(error));
}

/** Starts PROGRAM from a copy in memory; with `close` the descriptor is closed on exec, as it mostly is. */
static void from_memory(int argc, char **argv) {
  int copy = memfd_create("copy", argc > 1 && strcmp(argv[1], "close") == 0 ? MFD_CLOEXEC : 0), file = open(argv[0], O_RDONLY);
  char block[65536];
  for (ssize_t n; (n = read(file, block, sizeof block)) > 0;)
    if (write(copy, block, n) != n) exit(98);
  char *words[] = {"memory", "exit", "44", NULL};
  pid_t child = fork();
  if (child == 0) {
    fexecve(copy, words, environ);
    _exit(errno == ENOENT ? 127 : 126);
  }
  printf("%s\n", end_of(child));
}

/** The first word of a file that tells which processor it speaks of. */
static void processor(int argc, char **argv) {
  char line[256];
  FILE *file = fopen("/proc/cpuinfo", "r");
  while (file != NULL && fgets(line, sizeof line, file) != NULL)
    if (strncmp(line, "vendor_id", 9) == 0 || strncmp(line, "CPU implementer", 15) == 0) {
      printf("%s\n", line[0] == 'v' ? "vendor_id" : "CPU implementer");
      return;
    }
  printf("neither\n");
}

/** Reads a directory with what libc gives a program that was not built for large files: 32-bit offsets on a 32-bit machine. */
static void directory(int argc, char **argv) {
  DIR *list = opendir(argv[0]);
  int count = 0;
  errno = 0;
  while (list != NULL && readdir(list) != NULL) count++;
  if (errno != 0) printf("%s after %d names\n", strerrorname_np(errno), count);
  else printf("%s\n", count > 2 ? "read" : "empty");
}

/** System calls that answer "not there", called with arguments that all of them refuse. */
static void missing(int argc, char **argv) {
  const struct {
    const char *name;
    long number;
  } calls[] = {
      {"bpf", __NR_bpf}, {"clone3", __NR_clone3}, {"close_range", __NR_close_range}, {"copy_file_range", __NR_copy_file_range},
      {"execveat", __NR_execveat}, {"faccessat2", __NR_faccessat2}, {"fanotify_init", __NR_fanotify_init}, {"fsopen", __NR_fsopen},
      {"getrandom", __NR_getrandom}, {"keyctl", __NR_keyctl}, {"landlock_create_ruleset", __NR_landlock_create_ruleset},
      {"membarrier", __NR_membarrier}, {"mount_setattr", __NR_mount_setattr}, {"openat2", __NR_openat2},
      {"perf_event_open", __NR_perf_event_open}, {"pidfd_open", __NR_pidfd_open}, {"process_vm_readv", __NR_process_vm_readv},
      {"rseq", __NR_rseq}, {"setns", __NR_setns}, {"statx", __NR_statx}, {"unshare", __NR_unshare}, {"userfaultfd", __NR_userfaultfd},
  };
  printf("missing:");
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
    if (syscall(calls[i].number, -1, -1, -1, -1, -1, -1) == -1 && errno == ENOSYS) printf(" %s", calls[i].name);
  printf("\n");
}

const struct behaviour gates[] = {
    {"ids", ids}, {"ptrace", trace}, {"seccomp", filter}, {"io-uring", ring}, {"robust", robust}, {"from-memory", from_memory},
    {"processor", processor}, {"directory", directory}, {"missing", missing}, {NULL, NULL},
};
