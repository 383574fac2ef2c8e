// Limits of resources: those that a program finds, and those that it sets for itself and its children.
#include "behaviour.h"
#include <sys/mman.h>
#include <sys/resource.h>

static void set(int what, rlim_t soft) {
  struct rlimit limit;
  getrlimit(what, &limit);
  limit.rlim_cur = soft;
  setrlimit(what, &limit);
}

static int resource_named(const char *name) {
  if (strcmp(name, "as") == 0) return RLIMIT_AS;
  if (strcmp(name, "stack") == 0) return RLIMIT_STACK;
  if (strcmp(name, "data") == 0) return RLIMIT_DATA;
  if (strcmp(name, "nofile") == 0) return RLIMIT_NOFILE;
  if (strcmp(name, "core") == 0) return RLIMIT_CORE;
  if (strcmp(name, "fsize") == 0) return RLIMIT_FSIZE;
  return RLIMIT_CPU;
}

/** `limited as 1000 NAME...`: sets a limit and becomes another behaviour of this program. */
static void limited(int argc, char **argv) {
  set(resource_named(argv[0]), strcmp(argv[1], "unlimited") == 0 ? RLIM_INFINITY : strtoul(argv[1], NULL, 10));
  argv[1] = (char *)self;
  execv(self, argv + 1);
  printf("exec: %s\n", strerrorname_np(errno));
}

/** How many more files can be opened. */
static void descriptors(int argc, char **argv) {
  int count = 0;
  while (open("/dev/null", O_RDONLY) >= 0) count++;
  int error = errno;
  printf("%d, then %s\n", count, strerrorname_np(error));
}

/** Takes so many MB of memory. */
static void memory(int argc, char **argv) {
  size_t size = strtoul(argv[0], NULL, 10) << 20;
  void *got = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  printf("%s\n", got == MAP_FAILED ? strerrorname_np(errno) : "got");
}

static int use(long left) {
  volatile char here[65536];
  here[0] = left & 1;
  here[65535] = 1;
  return left <= 0 ? 0 : use(left - 65536) + here[0] - here[0];
}

/** Uses so many MB of stack, in a child. */
static void stack(int argc, char **argv) {
  pid_t child = fork();
  if (child == 0) {
    close(2);
    use(strtol(argv[0], NULL, 10) << 20);
    _exit(0);
  }
  printf("%s\n", end_of(child));
}

/** Runs until a limit of processor time ends it. */
static void burn(int argc, char **argv) {
  for (volatile unsigned long i = 0;; i++) continue;
}

/** Writes beyond a limit of file size. */
static void big_file(int argc, char **argv) {
  char block[4096] = {0};
  int fd = open(argv[0], O_WRONLY | O_CREAT | O_TRUNC, 0600);
  signal(SIGXFSZ, SIG_IGN);
  long total = 0;
  for (ssize_t n; (n = write(fd, block, sizeof block)) > 0;) total += n;
  printf("%ld, then %s\n", total, strerrorname_np(errno));
  unlink(argv[0]);
}

/** Starts itself with so many KB of arguments. */
static void long_list(int argc, char **argv) {
  size_t count = strtoul(argv[0], NULL, 10);
  char **words = calloc(count + 4, sizeof *words), word[1024];
  memset(word, 'x', sizeof word - 1);
  word[sizeof word - 1] = 0;
  words[0] = (char *)self;
  words[1] = "count";
  for (size_t i = 0; i < count; i++) words[i + 2] = word;
  char *none[] = {NULL};
  execve(self, words, none);
  printf("%s\n", strerrorname_np(errno));
}

static void count(int argc, char **argv) { printf("%d arguments\n", argc); }

const struct behaviour limits[] = {
    {"limited", limited}, {"descriptors", descriptors}, {"memory", memory}, {"stack", stack}, {"burn", burn}, {"big-file", big_file},
    {"long-list", long_list}, {"count", count}, {NULL, NULL},
};
