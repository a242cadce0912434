// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace meteorograph {

/// Runs what the command line asks for, the window or a subcommand, and returns the exit code: 0
/// done, 1 something could not be read or written, 2 wrong usage, 3 the store is unusable, newer or
/// in use by another writer. Results go to standard output, progress and errors to standard error.
int runCommandLine(int argc, char **argv);

} // namespace meteorograph
