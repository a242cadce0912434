// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/MemoryFile.h"

#include "tests/fuzz/Fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

MemoryFile::MemoryFile(std::string_view bytes) : m_fd(memfd_create("fuzz", MFD_CLOEXEC)) {
  require(m_fd >= 0 && write(m_fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
          "a file in memory can be made");
}

MemoryFile::~MemoryFile() { close(m_fd); }
