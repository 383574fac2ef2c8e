// Children: by fork, vfork and posix_spawn, from threads, in numbers; what a program finds out about itself.
#include "behaviour.h"
#include <elf.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/utsname.h>

static void say_exit(int argc, char **argv) { exit(argc > 0 ? atoi(argv[0]) : 0); }

static void arguments(int argc, char **argv) {
  printf("[%s]", self);
  for (int i = 0; i < argc; i++) printf(" [%s]", argv[i]);
  printf("\n");
}

/** fork and exec in numbers: COUNT children, forty at a time, each with an exit status of its own. */
static void storm(int argc, char **argv) {
  int count = argc > 0 ? atoi(argv[0]) : 1000, right = 0, started = 0, ended = 0;
  pid_t *child = calloc(count, sizeof *child);
  while (ended < count) {
    while (started < count && started - ended < 40) {
      child[started] = fork();
      if (child[started] == 0) {
        char text[16];
        snprintf(text, sizeof text, "%d", started % 256);
        execl(self, self, "exit", text, NULL);
        _exit(255);
      }
      started++;
    }
    int status = 0;
    if (waitpid(child[ended], &status, 0) == child[ended] && WIFEXITED(status) && WEXITSTATUS(status) == ended % 256) right++;
    ended++;
  }
  printf("%d of %d right\n", right, count);
}

static void statuses(int argc, char **argv) {
  int right = 0;
  for (int i = 0; i < 256; i++) {
    pid_t child = fork();
    if (child == 0) _exit(i);
    int status = 0;
    waitpid(child, &status, 0);
    right += WIFEXITED(status) && WEXITSTATUS(status) == i;
  }
  printf("%d of 256 right\n", right);
}

static void *spawner(void *number) {
  intptr_t right = 0;
  for (int i = 0; i < 20; i++) {
    char text[16];
    int expected = ((intptr_t)number * 20 + i) % 256, status = 0;
    snprintf(text, sizeof text, "%d", expected);
    char *words[] = {(char *)self, "exit", text, NULL};
    pid_t child;
    if (posix_spawn(&child, self, NULL, NULL, words, environ) == 0 && waitpid(child, &status, 0) == child)
      right += WIFEXITED(status) && WEXITSTATUS(status) == expected;
  }
  return (void *)right;
}

/** Eight threads that each start twenty children. */
static void threads(int argc, char **argv) {
  pthread_t thread[8];
  intptr_t right = 0;
  for (intptr_t i = 0; i < 8; i++) pthread_create(&thread[i], NULL, spawner, (void *)i);
  for (int i = 0; i < 8; i++) {
    void *part = NULL;
    pthread_join(thread[i], &part);
    right += (intptr_t)part;
  }
  printf("%d of 160 right\n", (int)right);
}

/** Whether what a child of vfork writes is seen by its parent. */
static void vforked(int argc, char **argv) {
  volatile int seen = 0;
  pid_t child = vfork();
  if (child == 0) {
    seen = 1;
    _exit(0);
  }
  waitpid(child, NULL, 0);
  printf("%s\n", seen ? "memory shared" : "memory copied");
}

/** How the caller of posix_spawn learns that there is no such program. */
static void spawn_missing(int argc, char **argv) {
  char *words[] = {"missing", NULL};
  pid_t child = 0;
  int error = posix_spawn(&child, "/nonexistent/program", NULL, NULL, words, environ);
  if (error != 0) printf("%s\n", strerrorname_np(error));
  else printf("started, then %s\n", end_of(child));
}

static void about_itself(int argc, char **argv) {
  char path[4096], line[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  path[length < 0 ? 0 : length] = 0;
  FILE *file = fopen("/proc/self/cmdline", "r");
  size_t got = file == NULL ? 0 : fread(line, 1, sizeof line - 1, file);
  for (size_t i = 0; i < got; i++)
    if (line[i] == 0) line[i] = i + 1 < got ? ' ' : 0;
  line[got] = 0;
  printf("exe %s cmdline %s execfn %s\n", path, line, (char *)getauxval(AT_EXECFN));
}

/** A program that starts itself anew by /proc/self/exe. */
static void again(int argc, char **argv) {
  char *words[] = {(char *)self, "exit", "33", NULL};
  pid_t child = fork();
  if (child == 0) {
    execv("/proc/self/exe", words);
    _exit(errno == ENOENT ? 127 : 126);
  }
  printf("%s\n", end_of(child));
}

static void machine(int argc, char **argv) {
  struct utsname name;
  uname(&name);
  printf("%s\n", name.machine);
}

const struct behaviour processes[] = {
    {"exit", say_exit}, {"arguments", arguments}, {"arguments in one word", arguments}, {"storm", storm}, {"statuses", statuses}, {"threads", threads}, {"vfork", vforked},
    {"spawn-missing", spawn_missing}, {"about-itself", about_itself}, {"again", again}, {"machine", machine}, {NULL, NULL},
};
