// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ByteReader.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>
#include <zlib.h>

namespace meteorograph {

namespace {

std::string reasonFor(const std::string &what, const std::string &path) {
  return what + " " + path + ": " + std::strerror(errno);
}

class PlainReader final : public ByteReader {
public:
  PlainReader(int descriptor, std::string path) : ByteReader(descriptor, std::move(path)) {}

  Result<std::size_t> read(char *into, std::size_t size) override {
    std::size_t done = 0;
    while (done < size) {
      const ssize_t got = ::read(m_descriptor, into + done, size - done);
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return tl::unexpected(error("cannot read"));
      if (got == 0)
        break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

  Result<bool> seek(std::int64_t offset) override {
    struct stat status {};
    if (::fstat(m_descriptor, &status) != 0 || ::lseek(m_descriptor, offset, SEEK_SET) < 0)
      return tl::unexpected(error("cannot read"));
    return offset <= status.st_size;
  }

  bool compressed() const override { return false; }
};

/// Inflates one or several gzip members.
class GzipReader final : public ByteReader {
public:
  GzipReader(int descriptor, std::string path)
      : ByteReader(descriptor, std::move(path)), m_input(kInputBytes) {
    inflateInit2(&m_stream, kGzipWindow);
  }
  ~GzipReader() override { inflateEnd(&m_stream); }

  Result<std::size_t> read(char *into, std::size_t size) override {
    m_stream.next_out = reinterpret_cast<Bytef *>(into);
    m_stream.avail_out = static_cast<uInt>(size);
    while (m_stream.avail_out > 0 && !m_ended) {
      if (m_stream.avail_in == 0) {
        const ssize_t got = ::read(m_descriptor, m_input.data(), m_input.size());
        if (got < 0 && errno == EINTR)
          continue;
        if (got < 0)
          return tl::unexpected(error("cannot read"));
        if (got == 0)
          break;
        m_stream.next_in = reinterpret_cast<Bytef *>(m_input.data());
        m_stream.avail_in = static_cast<uInt>(got);
      }
      const int code = inflate(&m_stream, Z_NO_FLUSH);
      if (code == Z_STREAM_END) {
        m_members = true;
        inflateReset(&m_stream); // another member may follow
      } else if (code == Z_DATA_ERROR && m_stream.total_out == 0 && m_members) {
        m_ended = true; // padding behind the last member
      } else if (code != Z_OK && code != Z_BUF_ERROR) {
        if (m_stream.avail_out < size)
          break; // what came before the damage is good; the next call fails
        return fail(ErrorCode::Unreadable, m_path + " is damaged: its gzip data cannot be read on");
      }
    }
    const std::size_t done = size - m_stream.avail_out;
    m_position += static_cast<std::int64_t>(done);
    return done;
  }

  Result<bool> seek(std::int64_t offset) override {
    if (offset < m_position) {
      if (::lseek(m_descriptor, 0, SEEK_SET) < 0)
        return tl::unexpected(error("cannot read"));
      inflateReset(&m_stream);
      m_stream.avail_in = 0;
      m_position = 0;
      m_ended = false;
      m_members = false;
    }
    std::vector<char> skipped(kInputBytes);
    while (m_position < offset) {
      const auto want = static_cast<std::size_t>(std::min<std::int64_t>(kInputBytes, offset - m_position));
      const Result<std::size_t> got = read(skipped.data(), want);
      if (!got)
        return tl::unexpected(got.error());
      if (*got == 0)
        return false;
    }
    return true;
  }

  bool compressed() const override { return true; }

private:
  static constexpr std::int64_t kInputBytes = 65536;
  static constexpr int kGzipWindow = 15 + 16; // zlib.h: +16 expects a gzip header
  z_stream m_stream{};
  std::vector<char> m_input;
  std::int64_t m_position = 0;
  bool m_ended = false;
  bool m_members = false; ///< a whole member has been read
};

} // namespace

FileIdentity identityOf(const struct stat &status) {
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  return {status.st_dev, status.st_ino, status.st_size,
          status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec,
          status.st_ctim.tv_sec * kNanoseconds + status.st_ctim.tv_nsec};
}

Result<std::unique_ptr<ByteReader>> ByteReader::open(const std::string &path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0)
    return fail(ErrorCode::Unreadable, reasonFor("cannot open", path));
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return fail(ErrorCode::Unreadable, path + " is not a regular file");
  }
  std::array<unsigned char, 2> magic{};
  const bool gzip =
      ::pread(descriptor, magic.data(), magic.size(), 0) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
  if (gzip)
    return std::make_unique<GzipReader>(descriptor, path);
  return std::make_unique<PlainReader>(descriptor, path);
}

ByteReader::~ByteReader() { ::close(m_descriptor); }

Result<FileIdentity> ByteReader::identity() const {
  struct stat status {};
  if (::fstat(m_descriptor, &status) != 0)
    return tl::unexpected(error("cannot look at"));
  return identityOf(status);
}

Error ByteReader::error(const char *what) const { return {ErrorCode::Unreadable, reasonFor(what, m_path)}; }

} // namespace meteorograph
