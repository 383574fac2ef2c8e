/* The sum of the primes below 200000, by threads that take ranges from each other under a lock and wait for one another. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { limit = 200000, step = 5000, workers = 4 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t done = PTHREAD_COND_INITIALIZER;
static int next = 2, ended;
static unsigned long long sum;
static __thread unsigned long long own;

static int is_prime(int n) {
  for (int i = 2; i * i <= n; i++)
    if (n % i == 0) return 0;
  return 1;
}

static void *work(void *unused) {
  for (;;) {
    pthread_mutex_lock(&lock);
    int from = next;
    next += step;
    pthread_mutex_unlock(&lock);
    if (from >= limit) break;
    for (int n = from; n < from + step && n < limit; n++)
      if (is_prime(n)) own += (unsigned long long)n;
  }
  pthread_mutex_lock(&lock);
  sum += own;
  ended++;
  pthread_cond_signal(&done);
  pthread_mutex_unlock(&lock);
  return unused;
}

int main(void) {
  pthread_t threads[workers];
  for (int i = 0; i < workers; i++) {
    int failed = pthread_create(&threads[i], NULL, work, NULL);
    if (failed) return fprintf(stderr, "pthread_create: %s\n", strerror(failed)), 1;
  }
  pthread_mutex_lock(&lock);
  while (ended < workers) pthread_cond_wait(&done, &lock);
  pthread_mutex_unlock(&lock);
  for (int i = 0; i < workers; i++) pthread_join(threads[i], NULL);
#if defined(__aarch64__)
  const char *machine = "aarch64";
#elif defined(__riscv) && __riscv_xlen == 64
  const char *machine = "riscv64";
#else
  const char *machine = "another";
#endif
  printf("%s %llu\n", machine, sum);
  return 0;
}
