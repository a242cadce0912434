// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ProgressLine.h"

#include <cstdio>
#include <unistd.h>

namespace meteorograph {

ProgressLine::ProgressLine() : m_terminal(::isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
  if (m_written)
    std::fputs("\r\033[K", stderr);
}

bool ProgressLine::isDue() const {
  return m_terminal && std::chrono::steady_clock::now() - m_last >= std::chrono::milliseconds(250);
}

void ProgressLine::show(const std::string &text) {
  if (!isDue())
    return;
  m_last = std::chrono::steady_clock::now();
  m_written = true;
  std::fprintf(stderr, "\r%s\033[K", text.c_str());
}

} // namespace meteorograph
