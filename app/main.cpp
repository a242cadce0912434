// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandLine.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

int main(int argc, char **argv) {
#ifdef __GLIBC__
  // One pool of memory for each of a dozen threads would hold on to what the others need.
  constexpr int kPools = 2;
  mallopt(M_ARENA_MAX, kPools);
#endif
  return meteorograph::runCommandLine(argc, argv);
}
