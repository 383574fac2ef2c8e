// One program for all behaviours that are compared: compiled for this machine and for the guest, it runs natively and under the emulator.
// Usage: behaviour NAME [ARGUMENT...].
#include "behaviour.h"

const char *self;

const char *status_text(int status) {
  static char text[64];
  if (WIFEXITED(status)) snprintf(text, sizeof text, "exit %d", WEXITSTATUS(status));
  else if (WIFSIGNALED(status)) snprintf(text, sizeof text, "signal %d%s", WTERMSIG(status), WCOREDUMP(status) ? ", core" : "");
  else snprintf(text, sizeof text, "status 0x%x", status);
  return text;
}

const char *end_of(pid_t child) {
  int status = 0;
  if (waitpid(child, &status, 0) != child) return "no child";
  return status_text(status);
}

int main(int argc, char **argv) {
  const struct behaviour *const tables[] = {processes, deaths, clocks, limits, gates};
  setvbuf(stdout, NULL, _IOLBF, 0);
  self = argv[0];
  for (size_t i = 0; argc > 1 && i < sizeof tables / sizeof *tables; i++)
    for (const struct behaviour *one = tables[i]; one->name != NULL; one++)
      if (strcmp(one->name, argv[1]) == 0) {
        one->run(argc - 2, argv + 2);
        return 0;
      }
  fprintf(stderr, "no such behaviour\n");
  return 99;
}
