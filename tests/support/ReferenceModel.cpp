// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ReferenceModel.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <set>
#include <tuple>
#include <zlib.h>

using namespace meteorograph;

namespace {

constexpr TimeUs kLateness = 600'000'000;
constexpr TimeUs kQuiet = 30'000'000;
constexpr TimeUs kDayUs = 86'400'000'000;
const double kAbsent = std::numeric_limits<double>::quiet_NaN();
const char *const kQuantities[] = {"temperature", "humidity"};

struct Reading {
  TimeUs time = 0;
  std::string device;
  double values[2] = {kAbsent, kAbsent};
  std::int64_t line = 0;
};
struct Rejected {
  std::int64_t line = 0;
  std::size_t offset = 0;
};
/// What a text says.
struct Content {
  std::vector<Reading> readings;
  std::vector<Rejected> rejects;
  RecordCounts counts;
};

bool beginsWith(const std::string &text, const std::string &prefix) {
  return text.compare(0, prefix.size(), prefix) == 0;
}

/// The text in the bytes; of a stream that was cut what comes out of it. `cut` tells.
std::string textOf(const std::string &bytes, bool &cut) {
  cut = false;
  if (!beginsWith(bytes, "\x1F\x8B"))
    return bytes;
  std::string text;
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  for (int result = Z_OK; result == Z_OK;) {
    char piece[4096];
    stream.next_out = reinterpret_cast<Bytef *>(piece);
    stream.avail_out = sizeof piece;
    result = inflate(&stream, Z_NO_FLUSH);
    text.append(piece, sizeof piece - stream.avail_out);
    if (result == Z_STREAM_END && stream.avail_in > 0) // another member
      result = inflateReset(&stream);
    else
      cut = result != Z_STREAM_END;
  }
  inflateEnd(&stream);
  return text;
}

/// `2023-11-14T22:13:20.250000Z`
std::optional<TimeUs> timeOf(const std::string &text) {
  std::tm parts{};
  int end = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%n", &parts.tm_year, &parts.tm_mon, &parts.tm_mday,
                  &parts.tm_hour, &parts.tm_min, &parts.tm_sec, &end) != 6 ||
      text.size() != 27 || end != 19 || text[19] != '.' || text[26] != 'Z')
    return std::nullopt;
  parts.tm_year -= 1900;
  parts.tm_mon -= 1;
  return static_cast<TimeUs>(timegm(&parts)) * 1'000'000 + std::atoi(text.substr(20, 6).c_str());
}

std::optional<double> numberOf(const std::string &text) {
  if (text.empty() || text.find_first_not_of("-.0123456789") != std::string::npos || text.back() == '.' ||
      text.back() == '-')
    return std::nullopt;
  return std::strtod(text.c_str(), nullptr);
}

/// The value behind a key of a flat object, or nothing.
std::optional<std::string> member(const std::string &line, const std::string &key) {
  const std::size_t found = line.find("\"" + key + "\":");
  if (found == std::string::npos)
    return std::nullopt;
  const std::size_t begin = found + key.size() + 3;
  if (line[begin] == '"')
    return line.substr(begin + 1, line.find('"', begin + 1) - begin - 1);
  return line.substr(begin, line.find_first_of(",}", begin) - begin);
}

bool isObject(const std::string &line) {
  return line.size() > 1 && line.front() == '{' && line.back() == '}' &&
         line.find("oops") == std::string::npos && std::count(line.begin(), line.end(), '"') % 2 == 0;
}

void take(Content &content, const std::optional<TimeUs> &time, Reading reading, std::size_t offset) {
  const bool empty = std::isnan(reading.values[0]) && std::isnan(reading.values[1]);
  if (!time) {
    ++content.counts.quarantined;
    content.rejects.push_back({reading.line, offset});
  } else if (empty) {
    ++content.counts.skipped;
  } else {
    ++content.counts.accepted;
    reading.time = *time;
    content.readings.push_back(std::move(reading));
  }
}

void readObject(Content &content, const std::string &line, std::int64_t number, std::size_t offset) {
  if (line.empty())
    return;
  ++content.counts.records;
  Reading reading{0, member(line, "deviceId").value_or(""), {kAbsent, kAbsent}, number};
  for (int i = 0; i < 2; ++i)
    if (const std::optional<std::string> value = member(line, kQuantities[i]))
      reading.values[i] = numberOf(*value).value_or(kAbsent);
  const bool good = isObject(line);
  take(content, good ? timeOf(member(line, "time").value_or("")) : std::nullopt, std::move(reading), offset);
}

void readRow(Content &content, const std::string &line, std::int64_t number, std::size_t offset) {
  ++content.counts.records;
  if (line.empty() || line[0] == '#' || beginsWith(line, "time;")) {
    ++content.counts.skipped;
    return;
  }
  std::vector<std::string> fields(1);
  for (const char c : line)
    c == ';' ? fields.emplace_back() : fields.back() += std::string(1, c);
  fields.resize(4);
  Reading reading{0, fields[1], {kAbsent, kAbsent}, number};
  for (std::size_t i = 0; i < 2; ++i)
    reading.values[i] = numberOf(fields[2 + i]).value_or(kAbsent);
  take(content, timeOf(fields[0]), std::move(reading), offset);
}

bool isJson(const std::string &text) { return !text.empty() && text[0] == '{'; }

Content contentOf(const ModelGeneration &file) {
  Content content;
  const std::string all = file.text + file.tail;
  std::int64_t number = 1;
  for (std::size_t at = 0; at < all.size(); ++number) {
    const std::size_t newline = std::min(all.find('\n', at), all.size());
    std::string line = all.substr(at, newline - at);
    if (!line.empty() && line.back() == '\r')
      line.pop_back();
    (isJson(all) ? readObject : readRow)(content, line, number, at);
    at = newline + 1;
  }
  return content;
}

/// Up to where a text has whole records: a JSON object needs no newline, everything else does.
std::size_t wholeRecords(const std::string &text) {
  const std::size_t lines = text.rfind('\n') + 1; // npos + 1 is 0
  std::string last = text.substr(lines);
  if (!last.empty() && last.back() == '\r') // the other half of a line's end has not come
    last.pop_back();
  return isJson(text) && isObject(last) ? text.size() : lines;
}

bool isBegunObject(const std::string &text, const std::string &rest) {
  return isJson(text) && rest[0] == '{' && rest.find(":o") == std::string::npos;
}

bool isBlank(const ModelGeneration &file) { return file.text.empty() && file.tail.empty(); }

bool holds(const std::string &text, const ModelGeneration &file) {
  return !isBlank(file) && beginsWith(text, file.text + file.tail);
}

std::map<std::string, std::string> textsOf(const ModelFolder &folder) {
  std::map<std::string, std::string> texts;
  bool cut = false;
  for (const auto &[path, file] : folder)
    texts[path] = textOf(file.bytes, cut);
  return texts;
}

std::string folderOf(const std::string &path) { return path.substr(0, path.rfind('/') + 1); }

/// Where everything that is known is in the folder as it is now.
struct Places {
  std::map<std::size_t, std::string> moved; ///< the file's new path
  std::set<std::size_t> stays;
  std::string ambiguity;
};

/// What is not where it was: first by inode, whose names become free, then by content under new names.
Places placesOf(const std::vector<ModelGeneration> &files, const ModelFolder &folder) {
  Places places;
  const std::map<std::string, std::string> texts = textsOf(folder);
  std::set<std::string> taken;
  const auto isAt = [&](const ModelGeneration &file) {
    const auto there = texts.find(file.path);
    return there != texts.end() && beginsWith(there->second, file.text);
  };
  const auto isTaken = [&](const std::string &path) { return taken.contains(path); };
  const auto claim = [&](std::size_t i, const std::string &path) {
    if (!taken.insert(path).second)
      places.ambiguity = path + " continues two files";
    places.moved[i] = path;
  };
  for (std::size_t i = 0; i < files.size(); ++i)
    if (files[i].active && !isBlank(files[i]) && isAt(files[i]) &&
        folder.at(files[i].path).inode == files[i].inode)
      places.stays.insert(i), taken.insert(files[i].path);
  for (std::size_t i = 0; i < files.size(); ++i)
    for (const auto &[path, file] : folder)
      if (!places.stays.contains(i) && (files[i].active || files[i].vanished) && path != files[i].path &&
          file.inode == files[i].inode && holds(texts.at(path), files[i]))
        claim(i, path);
  for (std::size_t i = 0; i < files.size(); ++i)
    if (files[i].active && !isBlank(files[i]) && isAt(files[i]) && !places.stays.contains(i)) {
      if (isTaken(files[i].path) && !places.moved.contains(i))
        places.ambiguity = files[i].path + " continues its own file and another";
      if (!places.moved.contains(i))
        places.stays.insert(i), taken.insert(files[i].path);
    }
  std::set<std::string> known; // a path that still is some file's is not a new name
  std::set<std::string> left;  // and one whose file went to another folder may be either
  for (std::size_t i = 0; i < files.size(); ++i)
    if (files[i].active && !places.moved.contains(i))
      known.insert(files[i].path);
    else if (files[i].active && folderOf(places.moved.at(i)) != folderOf(files[i].path))
      left.insert(files[i].path);
  for (std::size_t i = 0; i < files.size(); ++i)
    for (const auto &[path, text] : texts) {
      if (places.stays.contains(i) || places.moved.contains(i) || known.contains(path) ||
          !holds(text, files[i]))
        continue;
      if (left.contains(path))
        places.ambiguity = path + " is the name of a file in another folder now";
      if (files[i].active || files[i].vanished)
        claim(i, path);
      else // it was emptied, its readings were kept, and here it is again
        places.ambiguity = path + " holds what another was emptied of";
    }
  return places;
}

struct Window {
  std::int64_t count = 0;
  double sum = 0, min = 0, max = 0;
  void add(double value) {
    min = count == 0 ? value : std::min(min, value);
    max = count == 0 ? value : std::max(max, value);
    sum += value;
    ++count;
  }
  double mean() const { return sum / static_cast<double>(count); }
};
using Series = std::map<std::pair<std::string, std::string>, std::map<TimeUs, Window>>; ///< device, quantity

std::string digits(double value, int count) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*g", count, value);
  return text;
}

TimeUs startOf(TimeUs time, TimeUs step) { return time - ((time % step) + step) % step; }

/// Each level from the readings themselves, not from the level below.
Series windowsOf(const std::vector<Reading> &readings, TimeUs step) {
  Series series;
  for (const Reading &reading : readings)
    for (int i = 0; i < 2; ++i)
      if (!std::isnan(reading.values[i]))
        series[{reading.device, kQuantities[i]}][startOf(reading.time, step)].add(reading.values[i]);
  return series;
}

/// The mean of the window means that `belongs` takes, oldest first.
template <class Belongs> double average(const std::map<TimeUs, Window> &windows, Belongs belongs) {
  double sum = 0;
  int count = 0;
  int behind = static_cast<int>(windows.size());
  for (const auto &[start, window] : windows)
    if (belongs(start, --behind)) {
      sum += window.mean();
      ++count;
    }
  return sum / count;
}

std::string goldLine(const std::string &device, const std::string &quantity, TimeUs t,
                     const std::map<TimeUs, Window> &windows) {
  const std::map<TimeUs, Window> until(windows.begin(), windows.upper_bound(t));
  const auto last = [t](TimeUs span) { return [t, span](TimeUs s, int) { return s > t - span; }; };
  return formatIsoTime(t) + " " + device + " " + quantity + " " +
         digits(average(until, [](TimeUs, int behind) { return behind < 8; }), 11) + " " +
         digits(average(until, last(15'000'000)), 11) + " " + digits(average(until, last(60'000'000)), 11);
}

void addWindows(const std::vector<Reading> &readings, ModelTables &tables) {
  for (const TimeUs seconds : {1, 10, 60, 600, 3600})
    for (const auto &[key, windows] : windowsOf(readings, seconds * 1'000'000))
      for (const auto &[start, window] : windows)
        tables.windows.push_back(std::to_string(seconds * 1'000'000) + " " + formatIsoTime(start) + " " +
                                 key.first + " " + key.second + " " + std::to_string(window.count) + " " +
                                 digits(window.mean(), 11) + " " + digits(window.min, 15) + " " +
                                 digits(window.max, 15));
  for (const auto &[key, windows] : windowsOf(readings, 1'000'000))
    for (const auto &[start, window] : windows)
      tables.gold.push_back(goldLine(key.first, key.second, start, windows));
}

using Watermarks = std::map<std::string, TimeUs>;

void addDevices(const std::vector<Reading> &readings, const Watermarks &watermarks, ModelTables &tables) {
  std::map<std::string, std::vector<TimeUs>> times;
  for (const Reading &reading : readings)
    times[reading.device].push_back(reading.time);
  for (const auto &[device, all] : times) {
    const auto [first, newest] = std::minmax_element(all.begin(), all.end());
    tables.devices.push_back(device + " " + std::to_string(all.size()) + " " + formatIsoTime(*first) + " " +
                             formatIsoTime(*newest));
    if (const auto watermark = watermarks.find(device); watermark != watermarks.end())
      tables.watermarks.push_back(device + " " + formatIsoTime(watermark->second));
  }
}

} // namespace

bool ReferenceModel::knows(const std::string &path) const {
  return std::any_of(m_files.begin(), m_files.end(), [&](const ModelGeneration &file) {
    return file.path == path && (file.active || file.vanished) && !isBlank(file);
  });
}

std::string ReferenceModel::ambiguity(const ModelFolder &folder) const {
  return placesOf(m_files, folder).ambiguity;
}

/// Gives each known file its new name, or ends it: the table of what is the same and what is new.
void ReferenceModel::settle(const ModelFolder &folder) {
  const Places places = placesOf(m_files, folder);
  std::set<std::string> takenOver;
  for (const auto &[i, path] : places.moved)
    takenOver.insert(path);
  std::vector<ModelGeneration> left;
  for (std::size_t i = 0; i < m_files.size(); ++i) {
    ModelGeneration &file = m_files[i];
    if (places.moved.contains(i)) {
      file.path = places.moved.at(i);
      file.active = true;
      file.vanished = false;
      m_lateIsExact = false;
    } else if (file.active && !places.stays.contains(i)) {
      if (isBlank(file))
        continue;
      m_lateIsExact = false;
      const auto there = folder.find(file.path);
      const bool gone = there == folder.end() || takenOver.contains(file.path);
      if (!gone && !there->second.bytes.empty())
        continue; // rewritten: its readings are replaced
      file.active = false;
      file.vanished = gone;
    }
    left.push_back(std::move(file));
  }
  m_files = std::move(left);
}

void ReferenceModel::scan(const ModelFolder &folder, Pass pass, TimeUs now) {
  settle(folder);
  std::map<std::string, std::size_t> at;
  for (std::size_t i = 0; i < m_files.size(); ++i)
    if (m_files[i].active)
      at[m_files[i].path] = i;
  std::vector<std::tuple<TimeUs, std::string>> order;
  for (const auto &[path, file] : folder) {
    if (!at.contains(path)) {
      at[path] = m_files.size();
      m_files.push_back({path, file.inode, {}, {}, 0, true, false, 0});
    }
    order.emplace_back(file.mtime_us, path);
  }
  std::sort(order.begin(), order.end());
  for (const auto &[mtime, path] : order)
    readOn(m_files[at[path]], folder.at(path), pass, now);
  m_watermarksAreExact = m_watermarksAreExact && isDetermined();
}

void ReferenceModel::readOn(ModelGeneration &file, const ModelFile &content, Pass pass, TimeUs now) {
  file.inode = content.inode;
  file.mtime_us = content.mtime_us;
  bool cut = false;
  const std::string text = textOf(content.bytes, cut);
  const std::size_t whole = std::max(wholeRecords(text), file.text.size());
  const std::string rest = text.substr(whole);
  const bool quiet = content.mtime_us + kQuiet <= now;
  const bool same = rest == file.tail && whole == file.text.size();
  if (!same && !file.tail.empty())
    m_lateIsExact = false;
  file.text = text.substr(0, whole);
  // A JSON object that was begun is no record before it has ended.
  const bool waits = cut || rest.find_first_not_of("\r\n") == std::string::npos || isBegunObject(text, rest);
  if (!same)
    file.tail = !waits && (pass == Pass::Once || quiet) ? rest : std::string();
  judge(file, now);
}

/// In the order of commits: each reading against the watermark of its device just before it.
void ReferenceModel::judge(ModelGeneration &file, TimeUs now) {
  const Content content = contentOf(file);
  for (; file.judged < content.readings.size(); ++file.judged) {
    const Reading &reading = content.readings[file.judged];
    const auto mark = m_watermarks.find(reading.device);
    if (mark != m_watermarks.end())
      m_late += startOf(reading.time, 1'000'000) + 1'000'000 <= mark->second ? 1 : 0;
    if (reading.time > now + kDayUs)
      continue;
    TimeUs &watermark = m_watermarks.emplace(reading.device, reading.time - kLateness).first->second;
    watermark = std::max(watermark, reading.time - kLateness);
  }
  file.judged = content.readings.size();
}

/// A row that was cut in its last value still is one, with what stands there; cut before, who knows. A
/// table is one from its first row on.
bool ReferenceModel::isDetermined() const {
  return std::all_of(m_files.begin(), m_files.end(), [](const ModelGeneration &file) {
    if (isBlank(file))
      return true;
    if (isJson(file.text)) // a wrong object that was cut may be seen to be wrong, or not yet
      return file.tail.empty() || file.tail[0] != '{';
    const std::size_t last = file.tail.rfind(';');
    return std::count(file.text.begin(), file.text.end(), '\n') > 2 &&
           (file.tail.empty() || (std::count(file.tail.begin(), file.tail.end(), ';') == 3 &&
                                  numberOf(file.tail.substr(last + 1)).has_value()));
  });
}

ModelTables ReferenceModel::tables() const {
  ModelTables tables;
  std::vector<Reading> all;
  for (const ModelGeneration &file : m_files) {
    const Content content = contentOf(file);
    tables.counts += content.counts;
    for (const Reading &reading : content.readings) {
      all.push_back(reading);
      std::string line = formatIsoTime(reading.time) + " " + reading.device;
      for (const double value : reading.values)
        line += " " + (std::isnan(value) ? "-" : digits(value, 15));
      tables.bronze.push_back(line + " " + file.path + ":" + std::to_string(reading.line));
    }
    for (const Rejected &reject : content.rejects)
      tables.quarantine.push_back(file.path + ":" + std::to_string(reject.line) + "@" +
                                  std::to_string(reject.offset));
  }
  addWindows(all, tables);
  addDevices(all, m_watermarks, tables);
  for (std::vector<std::string> *list : {&tables.bronze, &tables.windows, &tables.gold, &tables.quarantine,
                                         &tables.devices, &tables.watermarks})
    std::sort(list->begin(), list->end());
  if (!m_watermarksAreExact)
    tables.watermarks.clear();
  else if (m_lateIsExact)
    tables.late = m_late;
  return tables;
}
