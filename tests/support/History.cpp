// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/History.h"

#include "tests/support/Packing.h"

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <sys/stat.h>

using namespace meteorograph;

namespace {

struct Kind {
  const char *name;
  unsigned weight;
};
constexpr Kind kKinds[] = {{"create", 10},     {"append", 40}, {"rotate", 6},  {"copytruncate", 4},
                           {"empty", 3},       {"shorten", 3}, {"replace", 3}, {"replace grown", 3},
                           {"rewrite", 4},     {"remove", 4},  {"move", 4},    {"move over", 2},
                           {"move folder", 3}, {"swap", 2},    {"copy", 3},    {"pack", 4},
                           {"scan", 36},       {"reopen", 4},  {"wait", 8}};
static_assert(std::size(kKinds) == static_cast<std::size_t>(Deed::Count_));

constexpr TimeUs kBase = 1'700'000'000 * kSecond;
const char *const kDevices[] = {"roof", "K\xC3\xB6ln \xF0\x9F\x8C\xA1", "cellar"};
const char *const kFolders[] = {"", "north/", "south/deep/"};

std::string quarters(std::uint32_t random) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", (static_cast<int>(random % 240) - 40) / 4.0);
  return text;
}

} // namespace

const char *toString(Deed deed) { return kKinds[static_cast<std::size_t>(deed)].name; }

History historyOf(std::uint32_t seed) {
  std::mt19937 random(seed);
  unsigned total = 0;
  for (const Kind &kind : kKinds)
    total += kind.weight;
  History history{{Deed::Create, 0, static_cast<std::uint32_t>(random())}};
  for (std::size_t length = 5 + random() % 30; history.size() < length;) {
    unsigned at = static_cast<unsigned>(random() % total);
    std::size_t deed = 0;
    while (at >= kKinds[deed].weight)
      at -= kKinds[deed++].weight;
    history.push_back({static_cast<Deed>(deed), static_cast<std::uint32_t>(random()),
                       static_cast<std::uint32_t>(random()), history.size()});
  }
  return history;
}

HistoryFolder::HistoryFolder(std::string root, std::uint32_t seed, TimeUs start)
    : now(start), m_root(std::move(root)), m_random(seed) {
  for (const char *folder : kFolders)
    std::filesystem::create_directories(m_root + "/" + folder);
}

HistoryFolder::Writer HistoryFolder::newWriter(std::uint32_t how) {
  Writer writer;
  writer.json = how % 2 == 0;
  writer.carriageReturn = how / 2 % 3 == 0;
  writer.second = (how / 8) % 300;
  const std::string end = writer.carriageReturn ? "\r\n" : "\n";
  const std::string serial = std::to_string(++m_serial);
  if (!writer.json)
    writer.waiting = "# station " + serial + end + "time;device;temperature;humidity" + end;
  // No two files begin alike: microseconds of the first time are the file's number.
  const std::string time = formatIsoTime(kBase + writer.second * kSecond + m_serial);
  writer.last = writer.json ? "{\"deviceId\":\"roof\",\"temperature\":20.25,\"humidity\":40.50,"
                              "\"time\":\"" +
                                  time + "\"}" + end
                            : time + ";roof;20.25;40.50" + end;
  writer.waiting += writer.last;
  writer.head = writer.waiting.size();
  return writer;
}

/// As it could come from a field: jitter, late, repeated and bad lines, clocks that are ahead.
void HistoryFolder::addLine(Writer &writer) {
  const std::uint32_t kind = static_cast<std::uint32_t>(m_random()) % 40;
  const std::uint32_t value = static_cast<std::uint32_t>(m_random());
  const std::string end = writer.carriageReturn ? "\r\n" : "\n";
  const std::string device = kDevices[value % 3];
  writer.second += value / 4 % 3;
  TimeUs time = kBase + writer.second * kSecond + value % 4 * 250 * kMillisecond;
  time += kind == 0 ? -25 * kMinute : kind == 1 ? 20 * kMinute : kind == 2 ? now + 3 * kDay - kBase : 0;
  const std::string stamp = formatIsoTime(time);
  const std::string t = kind == 3 ? "" : quarters(value / 16);
  const std::string h = kind == 3 || value % 5 == 0 ? "" : quarters(value / 4096);
  std::string line;
  if (kind == 4)
    line = writer.last;
  else if (kind == 5)
    line = "nonsense \xC3\xA4\xE2\x82\xAC" + end;
  else if (kind == 6)
    line =
        writer.json ? "{\"deviceId\":\"roof\",\"temperature\":oops}" + end : "yesterday;roof;1.50;2.00" + end;
  else if (kind == 7)
    line = writer.json ? "{\"deviceId\":\"roof\",\"temperature\":1.50}" + end : ";roof;1.50;2.00" + end;
  else if (kind == 8)
    line = end;
  else if (writer.json)
    line = "{\"deviceId\":\"" + device + "\"" + (t.empty() ? "" : ",\"temperature\":" + t) +
           (h.empty() ? "" : ",\"humidity\":" + h) + ",\"time\":\"" + stamp + "\"}" + end;
  else
    line = stamp + ";" + device + ";" + t + ";" + h + end;
  writer.waiting += line;
  writer.last = line;
}

std::string HistoryFolder::take(Writer &writer, std::size_t bytes) {
  while (writer.waiting.size() < bytes)
    addLine(writer);
  const std::string piece = writer.waiting.substr(0, bytes);
  writer.waiting.erase(0, bytes);
  return piece;
}

/// At least the head, most often some lines, cut anywhere.
std::string HistoryFolder::contentOf(Writer &writer, std::uint32_t how) {
  return take(writer, writer.head + how / 16 % (how % 5 == 0 ? 9000 : 900));
}

std::string HistoryFolder::pick(std::uint32_t which) const {
  if (m_files.empty())
    return {};
  return std::next(m_files.begin(), which % static_cast<std::uint32_t>(m_files.size()))->first;
}

std::string HistoryFolder::newName(bool json) {
  return kFolders[m_random() % 3] + ("log" + std::to_string(++m_serial)) + (json ? ".json" : ".csv");
}

bool HistoryFolder::hasWholeHead(const std::string &path) const {
  const ModelFile &file = m_files.at(path);
  return file.bytes.empty() || file.bytes[0] == '\x1F' || file.bytes.size() >= m_writers.at(path).head;
}

void HistoryFolder::touch(const std::string &path) {
  m_files.at(path).mtime_us = ++now;
  const timespec at{now / kSecond, now % kSecond * 1000};
  const timespec both[2] = {at, at};
  ::utimensat(AT_FDCWD, onDisk(path).c_str(), both, 0);
}

void HistoryFolder::put(const std::string &path, const std::string &bytes, bool in_place) {
  const std::string written = in_place ? onDisk(path) : onDisk(path) + ".part";
  std::ofstream(written, std::ios::binary | std::ios::trunc) << bytes;
  if (!in_place)
    std::filesystem::rename(written, onDisk(path));
  ModelFile &file = m_files[path];
  file.bytes = bytes;
  file.inode = in_place && file.inode != 0 ? file.inode : ++m_serial;
  touch(path);
}

void HistoryFolder::append(const std::string &path, std::uint32_t how) {
  ModelFile &file = m_files.at(path);
  std::string piece = take(m_writers.at(path), 1 + how / 4 % (how % 4 == 0 ? 6000 : 400));
  if (!file.bytes.empty() && file.bytes[0] == '\x1F')
    piece = gzipOf(piece);
  std::ofstream(onDisk(path), std::ios::binary | std::ios::app) << piece;
  file.bytes += piece;
  touch(path);
}

void HistoryFolder::rename(const std::string &from, const std::string &to) {
  std::filesystem::rename(onDisk(from), onDisk(to));
  m_files[to] = m_files.at(from);
  m_writers[to] = m_writers.at(from);
  m_files.erase(from);
  m_writers.erase(from);
}

void HistoryFolder::copy(const std::string &from, const std::string &to) {
  m_writers[to] = m_writers.at(from);
  put(to, std::string(m_files.at(from).bytes), true);
  m_needsRest = true;
}

void HistoryFolder::remove(const std::string &path) {
  std::filesystem::remove(onDisk(path));
  m_files.erase(path);
  m_writers.erase(path);
}

void HistoryFolder::rotate(const std::string &path, bool by_copy) {
  if (m_files.contains(path + ".1"))
    rename(path + ".1", path + ".2"); // the oldest goes
  const bool json = m_writers.at(path).json;
  if (by_copy)
    copy(path, path + ".1");
  else
    rename(path, path + ".1");
  m_writers[path] = newWriter(json ? 0 : 1);
  put(path, by_copy ? "" : contentOf(m_writers[path], 16 * static_cast<std::uint32_t>(m_random() % 900)),
      true);
}

/// Other content of another or the very same size.
void HistoryFolder::rewrite(const std::string &path, std::uint32_t how) {
  const std::size_t size = m_files.at(path).bytes.size();
  Writer writer = newWriter(how);
  std::string content = contentOf(writer, how);
  if (how % 3 == 0 && content.size() < size)
    content += take(writer, size - content.size());
  else if (how % 3 == 0 && size >= writer.head) {
    writer.waiting = content.substr(size) + writer.waiting;
    content.resize(size);
  }
  m_writers[path] = writer;
  put(path, content, true);
}

/// What was there goes, as if removed. Not over the beginning of the same content: which of the two goes
/// on, nobody can tell.
bool HistoryFolder::moveOver(const std::string &from, const std::string &to) {
  const std::string &content = m_files.at(from).bytes;
  const std::string &there = m_files.at(to).bytes;
  const std::size_t shared = std::min(content.size(), there.size());
  if (from == to || content.compare(0, shared, there, 0, shared) == 0)
    return false;
  rename(from, to);
  return true;
}

void HistoryFolder::swap(const std::string &a, const std::string &b) {
  rename(a, "between");
  rename(b, a);
  rename("between", b);
}

void HistoryFolder::moveFolder(const std::string &path) {
  const std::string folder = path.substr(0, path.find('/'));
  const std::string to = "moved" + std::to_string(++m_serial);
  std::filesystem::rename(onDisk(folder), onDisk(to));
  for (const char *again : kFolders)
    std::filesystem::create_directories(onDisk(again));
  for (const std::string &old : [&] {
         std::vector<std::string> all;
         for (const auto &[name, file] : m_files)
           if (name.starts_with(folder + "/"))
             all.push_back(name);
         return all;
       }()) {
    const std::string name = to + old.substr(folder.size());
    m_files[name] = m_files.at(old);
    m_writers[name] = m_writers.at(old);
    m_files.erase(old);
    m_writers.erase(old);
  }
}

/// Its gzip beside it, then it goes.
void HistoryFolder::pack(const std::string &path, std::uint32_t how) {
  const std::string packed = gzipOf(m_files.at(path).bytes);
  m_writers[path + ".gz"] = m_writers.at(path);
  put(path + ".gz", packed, how % 2 == 0);
  remove(path);
  m_needsRest = true;
}

bool HistoryFolder::apply(const Step &step, const ReferenceModel &model) {
  if (step.deed == Deed::Wait) {
    now += (1 + step.how % 50) * kSecond;
    return true;
  }
  if (step.deed == Deed::Create) {
    Writer writer = newWriter(step.how);
    const std::string path = newName(writer.json);
    const std::size_t cut = step.how % 7 == 0 ? 1 + step.how / 16 % writer.head : 0;
    const std::string content = cut > 0 ? take(writer, cut) : contentOf(writer, step.how);
    m_writers[path] = writer;
    put(path, content, true);
    return true;
  }
  const std::string path = pick(step.which);
  if (path.empty())
    return false;
  // Of a file whose first line has not come, nobody can tell which it is.
  const bool empty = m_files.at(path).bytes.empty();
  const bool packed = !empty && m_files.at(path).bytes[0] == '\x1F';
  if (step.deed == Deed::Append || empty || !hasWholeHead(path)) {
    append(path, step.how);
    return true;
  }
  switch (step.deed) {
  case Deed::Rotate:
  case Deed::CopyTruncate:
    if (packed || path.ends_with(".1") || path.ends_with(".2"))
      return false;
    rotate(path, step.deed == Deed::CopyTruncate);
    return true;
  case Deed::Empty:
    m_writers[path] = newWriter(step.how);
    put(path, "", true);
    m_needsRest = true;
    return true;
  case Deed::Shorten: {
    const std::size_t head = m_writers.at(path).head;
    if (packed || m_files.at(path).bytes.size() <= head)
      return false;
    const std::string content =
        m_files.at(path).bytes.substr(0, head + step.how % (m_files.at(path).bytes.size() - head));
    m_writers[path].waiting = m_files.at(path).bytes.substr(content.size()) + m_writers[path].waiting;
    put(path, content, true);
    return true;
  }
  case Deed::Replace: {
    Writer writer = newWriter(step.how);
    const std::string content = contentOf(writer, step.how);
    m_writers[path] = writer;
    put(path, content, false);
    return true;
  }
  case Deed::ReplaceGrown:
    if (packed)
      return false;
    put(path, m_files.at(path).bytes + take(m_writers.at(path), step.how % 700), false);
    return true;
  case Deed::Rewrite:
    rewrite(path, step.how);
    return true;
  case Deed::Remove:
    remove(path);
    return true;
  case Deed::Move:
    rename(path, newName(m_writers.at(path).json));
    return true;
  case Deed::MoveOver:
    return moveOver(path, pick(step.how));
  case Deed::MoveFolder:
    if (path.find('/') == std::string::npos)
      return false;
    moveFolder(path);
    return true;
  case Deed::Swap:
    if (pick(step.how) == path)
      return false;
    swap(path, pick(step.how));
    return true;
  case Deed::Copy:
    copy(path, newName(m_writers.at(path).json));
    return true;
  case Deed::Pack:
    if (packed || m_files.contains(path + ".gz") || model.knows(path + ".gz"))
      return false;
    pack(path, step.how);
    return true;
  default:
    return false;
  }
}

void HistoryFolder::completeLines(bool with_newline) {
  for (auto &[path, writer] : m_writers) {
    ModelFile &file = m_files.at(path);
    if (file.bytes.empty())
      continue;
    std::size_t end = file.bytes.back() == '\n' || writer.waiting.empty() ? 0 : writer.waiting.find('\n') + 1;
    if (file.bytes.size() < writer.head && file.bytes[0] != '\x1F')
      end = std::max(end, writer.head - file.bytes.size());
    std::string piece = take(writer, end);
    while (!with_newline && !piece.empty() && (piece.back() == '\n' || piece.back() == '\r'))
      piece.pop_back();
    if (piece.empty())
      continue;
    if (file.bytes[0] == '\x1F')
      piece = gzipOf(piece);
    std::ofstream(onDisk(path), std::ios::binary | std::ios::app) << piece;
    file.bytes += piece;
    touch(path);
  }
}

History shrunk(History history, const std::function<bool(const History &)> &fails) {
  for (std::size_t size = history.size() / 2; size > 0; size /= 2)
    for (std::size_t at = 0; at < history.size();) {
      History less = history;
      less.erase(less.begin() + static_cast<std::ptrdiff_t>(at),
                 less.begin() + static_cast<std::ptrdiff_t>(std::min(at + size, less.size())));
      if (fails(less))
        history = std::move(less);
      else
        at += size;
    }
  return history;
}

std::string describe(const History &history) {
  std::string text;
  for (const Step &step : history)
    text += std::string("  ") + toString(step.deed) + " " + std::to_string(step.which) + " " +
            std::to_string(step.how) + "\n";
  return text;
}

std::string nameOf(std::uint32_t seed, const History &history) {
  std::string name = std::to_string(seed);
  for (const Step &step : history)
    name += (&step == &history.front() ? ":" : ",") + std::to_string(step.number);
  return name;
}

History historyNamed(const std::string &name, std::uint32_t &seed) {
  std::istringstream text(name);
  text >> seed;
  const History whole = historyOf(seed);
  History history;
  char separator = 0;
  for (std::size_t number = 0; text >> separator >> number;)
    if (number < whole.size())
      history.push_back(whole[number]);
  return history.empty() ? whole : history;
}
