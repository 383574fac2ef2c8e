// Timers: of signals, of POSIX, as descriptors; sleeps that a signal ends.
#include "behaviour.h"
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>

static volatile sig_atomic_t ticks;
static void tick(int number) { ticks++; }
static void tick_in_thread(union sigval value) { __atomic_add_fetch((int *)value.sival_ptr, 1, __ATOMIC_SEQ_CST); }

static void pause_ms(long ms) {
  struct timespec left = {ms / 1000, ms % 1000 * 1000000};
  while (nanosleep(&left, &left) != 0 && errno == EINTR) continue;
}

static void timers(int argc, char **argv) {
  struct sigaction action = {.sa_handler = tick};
  sigaction(SIGALRM, &action, NULL);
  struct itimerval every = {{0, 20000}, {0, 20000}}, off = {{0, 0}, {0, 0}};
  setitimer(ITIMER_REAL, &every, NULL);
  while (ticks < 5) pause();
  setitimer(ITIMER_REAL, &off, NULL);
  printf("setitimer");

  static int count = 0;
  struct sigevent event = {.sigev_notify = SIGEV_THREAD, .sigev_notify_function = tick_in_thread, .sigev_value.sival_ptr = &count};
  struct itimerspec spec = {{0, 20000000}, {0, 20000000}};
  timer_t timer;
  if (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0 && timer_settime(timer, 0, &spec, NULL) == 0) {
    for (int i = 0; i < 1500 && __atomic_load_n(&count, __ATOMIC_SEQ_CST) < 5; i++) pause_ms(20);
    printf(__atomic_load_n(&count, __ATOMIC_SEQ_CST) >= 5 ? ", timer_create" : ", no timer_create");
    timer_delete(timer);
  }

  int fd = timerfd_create(CLOCK_MONOTONIC, 0);
  uint64_t expired = 0;
  timerfd_settime(fd, 0, &spec, NULL);
  printf(read(fd, &expired, sizeof expired) == sizeof expired && expired > 0 ? ", timerfd" : ", no timerfd");

  // again and again: on a busy machine the first may come before the sleep has begun
  struct itimerval seconds = {{1, 0}, {1, 0}};
  struct timespec long_sleep = {60, 0};
  setitimer(ITIMER_REAL, &seconds, NULL);
  printf(nanosleep(&long_sleep, &long_sleep) == -1 && errno == EINTR ? ", sleep interrupted\n" : ", slept on\n");
}

const struct behaviour clocks[] = {{"timers", timers}, {NULL, NULL}};
