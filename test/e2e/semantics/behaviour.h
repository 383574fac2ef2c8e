// What the files of the program `behaviour` share. Each behaviour prints what it saw as one line.
#pragma once
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/** The path of this program, as it was called. */
extern const char *self;

struct behaviour {
  const char *name;
  void (*run)(int argc, char **argv);
};

/** Each ends with a row without a name. */
extern const struct behaviour processes[], deaths[], clocks[], limits[], gates[];

/** A child's wait status in words: "exit 3", "signal 11", "signal 11, core". The text is overwritten by the next call. */
const char *status_text(int status);

/** Waits for a child and gives its status in words. */
const char *end_of(pid_t child);
