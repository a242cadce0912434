// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ContentCheck.h"

namespace meteorograph {

bool isFreshlyChanged(const FileIdentity &identity, TimeUs now_us) {
  constexpr TimeUs kFresh = 2 * kSecond;
  constexpr TimeUs kAhead = kMinute; // of another machine's clock; beyond, one of the two is wrong
  const auto within = [now_us](std::int64_t changed_ns) {
    return changed_ns / 1000 > now_us - kFresh && changed_ns / 1000 < now_us + kAhead;
  };
  return within(identity.mtime_ns) || within(identity.ctime_ns);
}

Result<bool> hashUpTo(ByteReader &reader, std::int64_t offset, ContentHash &hash) {
  std::vector<char> buffer(static_cast<std::size_t>(ContentHash::kBlockBytes));
  while (hash.bytes() < offset) {
    const auto want =
        static_cast<std::size_t>(std::min<std::int64_t>(ContentHash::kBlockBytes, offset - hash.bytes()));
    const Result<std::size_t> got = reader.read(buffer.data(), want);
    if (!got)
      return tl::unexpected(got.error());
    if (*got == 0)
      return false;
    hash.update({buffer.data(), *got});
  }
  return true;
}

Result<bool> holdsContentOf(ByteReader &reader, const FileCheckpoint &known,
                            const std::atomic<bool> *cancelled) {
  constexpr std::int64_t kBetweenLooks = 8 << 20; // some milliseconds
  ContentHash hash;
  Result<bool> there = reader.seek(0);
  while (there && *there && hash.bytes() < known.offset) {
    if (cancelled && *cancelled)
      return fail(ErrorCode::Cancelled, "the comparison was withdrawn");
    there = hashUpTo(reader, std::min(hash.bytes() + kBetweenLooks, known.offset), hash);
  }
  if (!there || !*there)
    return there;
  if (known.offset > 0 && hash.fingerprint() != known.fingerprint)
    return false;
  std::string tail(static_cast<std::size_t>(known.tail_bytes), '\0');
  for (std::size_t filled = 0; filled < tail.size();) {
    const Result<std::size_t> got = reader.read(tail.data() + filled, tail.size() - filled);
    if (!got)
      return tl::unexpected(got.error());
    if (*got == 0)
      return false;
    filled += *got;
  }
  return tail.empty() || ContentHash::of(tail) == known.tail_hash;
}

} // namespace meteorograph
