// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ByteReader.h"
#include "tests/fuzz/Fuzz.h"

#include <algorithm>
#include <sys/mman.h>
#include <unistd.h>

using namespace meteorograph;

namespace {

/// More text than this is not looked at: a few bytes may pack a great deal.
constexpr std::size_t kMaxText = 1 << 20;

/// A file in memory that goes with the object.
class MemoryFile {
public:
  explicit MemoryFile(std::string_view bytes) : m_fd(memfd_create("avro", MFD_CLOEXEC)) {
    require(m_fd >= 0 && write(m_fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
            "a file in memory can be made");
  }
  ~MemoryFile() { close(m_fd); }
  std::string path() const { return "/proc/self/fd/" + std::to_string(m_fd); }

private:
  int m_fd;
};

/// The file's text, read `step` bytes at a time; what an error says stands behind it.
std::string textOf(const std::string &path, std::size_t step) {
  Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(path);
  if (!reader)
    return {};
  std::string text;
  std::vector<char> buffer(step);
  while (text.size() < kMaxText) {
    const Result<std::size_t> got = (*reader)->read(buffer.data(), buffer.size());
    if (!got || *got == 0)
      return text;
    require(*got <= step, "no more is read than was asked for");
    text.append(buffer.data(), *got);
  }
  text.resize(kMaxText);
  return text;
}

} // namespace

/// The first byte says how much is read at a time; what follows is an Avro container.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size < 1 || !viewOf(data + 1, size - 1).starts_with("Obj"))
    return 0;
  const MemoryFile file(viewOf(data + 1, size - 1));
  const std::string whole = textOf(file.path(), kMaxText);
  require(textOf(file.path(), std::size_t{data[0]} + 1) == whole, "the text does not depend on the steps");
  return 0;
}
