// Signals: how a program dies of them, stops and goes on, catches them.
#include "behaviour.h"
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

static void fault(void) { *(volatile int *)16 = 1; }

/** Ends by a signal: `die 15` raises it, `die fault` brings SIGSEGV about. */
static void die(int argc, char **argv) {
  if (argc > 0 && strcmp(argv[0], "fault") == 0) fault();
  raise(argc > 0 ? atoi(argv[0]) : SIGTERM);
}

/** The same, as a parent that is a program of the same kind sees it. */
static void deaths_seen(int argc, char **argv) {
  const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL, SIGUSR1, SIGSEGV, SIGPIPE, SIGALRM, SIGTERM, SIGXCPU};
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    pid_t child = fork();
    if (child == 0) {
      close(2);
      raise(signals[i]);
      _exit(0);
    }
    printf("%s%s", i == 0 ? "" : " ", end_of(child) + strlen("signal "));
  }
  printf("\n");
}

static void stopped(int argc, char **argv) {
  int status = 0, gate[2];
  if (pipe(gate) != 0) exit(98);
  pid_t child = fork();
  if (child == 0) {
    char none;
    close(gate[1]);
    raise(SIGSTOP);
    // stays until the parent has seen that it goes on
    _exit(read(gate[0], &none, 1) == 0 ? 7 : 8);
  }
  waitpid(child, &status, WUNTRACED);
  printf("%s", WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP ? "stopped" : "not stopped");
  kill(child, SIGCONT);
  waitpid(child, &status, WCONTINUED);
  printf(", %s", WIFCONTINUED(status) ? "continued" : "not continued");
  close(gate[1]);
  printf(", %s\n", end_of(child));
}

static volatile sig_atomic_t arrived;
static void count_value(int number, siginfo_t *info, void *context) {
  arrived += info->si_code == SI_QUEUE && info->si_value.sival_int == number * 3 && info->si_pid == getpid();
}

/** Real-time signals that can be caught, and come with their value. */
static void realtime(int argc, char **argv) {
  int all = 0;
  for (int number = SIGRTMIN; number <= SIGRTMAX; number++) {
    struct sigaction action = {.sa_sigaction = count_value, .sa_flags = SA_SIGINFO};
    union sigval value = {.sival_int = number * 3};
    if (sigaction(number, &action, NULL) == 0) sigqueue(getpid(), number, value);
    all++;
  }
  printf("%d of %d\n", (int)arrived, all);
}

static void tell_address(int number, siginfo_t *info, void *context) {
  char text[64];
  int length = snprintf(text, sizeof text, "address %lu, code %d\n", (unsigned long)info->si_addr, info->si_code);
  _exit(write(1, text, length) < 0);
}

static void fault_address(int argc, char **argv) {
  struct sigaction action = {.sa_sigaction = tell_address, .sa_flags = SA_SIGINFO};
  sigaction(SIGSEGV, &action, NULL);
  fault();
}

static void tell_overflow(int number) { _exit(write(1, "caught\n", 7) < 0); }
static int deeper(volatile char *above) {
  volatile char here[4096];
  here[0] = above[0] + 1;
  return above == NULL ? 0 : deeper(here) + here[0];
}

/** A stack that overflows, caught on a stack of its own, as language runtimes do. */
static void overflow(int argc, char **argv) {
  stack_t stack = {.ss_sp = malloc(65536), .ss_size = 65536};
  struct sigaction action = {.sa_handler = tell_overflow, .sa_flags = SA_ONSTACK};
  volatile char start = 0;
  sigaltstack(&stack, NULL);
  sigaction(SIGSEGV, &action, NULL);
  deeper(&start);
}

const struct behaviour deaths[] = {
    {"die", die}, {"deaths", deaths_seen}, {"stopped", stopped}, {"realtime", realtime}, {"fault-address", fault_address},
    {"overflow", overflow}, {NULL, NULL},
};
