// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/RecordArray.h"

#include "core/source/JsonRecord.h"
#include "core/source/JsonText.h"
#include "core/source/MessagePath.h"
#include "core/source/TextEncoding.h"

#include <nlohmann/json.hpp>

namespace meteorograph {

using json::Cursor;
using json::Part;

namespace {

/// Records are not looked for deeper.
constexpr std::size_t kMaxLevels = 16;
/// An array's first objects may be events without a value.
constexpr int kAsked = 16;
/// Of the members before the array no more is kept; a device or labels are far shorter.
constexpr std::size_t kMaxOuterBytes = 65'536;

/// What an object has, as bits.
constexpr unsigned kTime = 1;
constexpr unsigned kValue = 2;     ///< a number, or null where one is expected
constexpr unsigned kCanonical = 4; ///< … of temperature, humidity or pressure
constexpr unsigned kDevice = 8;

bool isNumberLike(const JsonField &member) {
  if (member.type == JsonType::Number || member.type == JsonType::Null)
    return true;
  return member.type == JsonType::String && !member.value.empty() &&
         std::string_view("0123456789-+.{").find(member.value[0]) != std::string_view::npos;
}

unsigned traitsOf(const JsonField &member, const JsonNode &node) {
  const FieldRole &role = node.field.role;
  const bool scalar =
      member.type == JsonType::Number || (member.type == JsonType::String && !member.value.empty());
  if (role.role == Role::Time)
    return scalar ? kTime : 0;
  if (role.role == Role::Device)
    return scalar && !role.envelope ? kDevice : 0;
  if (role.role != Role::Quantity && role.role != Role::Value)
    return 0;
  const bool wrapped = member.type == JsonType::String && member.value.starts_with("ey"); // in base64
  if (!isNumberLike(member) && !wrapped)
    return 0;
  return kValue | (role.canonical != Canonical::None && member.type != JsonType::Null ? kCanonical : 0);
}

/// A member's key, which stands at the cursor, and the colon; false: not whole, or wrong.
bool readKey(Cursor &at, std::string_view &key) {
  bool escaped = false;
  if (at.atEnd() || *at.p != '"' || json::string(at, key, escaped) != Part::Whole)
    return false;
  at.skipBlanks();
  if (at.atEnd() || *at.p != ':')
    return false;
  ++at.p;
  at.skipBlanks();
  return !at.atEnd();
}

bool skipScalar(Cursor &at) {
  bool escaped = false;
  std::string_view text;
  switch (*at.p) {
  case '"':
    return json::string(at, text, escaped) == Part::Whole;
  case 't':
    return json::word(at, "true") == Part::Whole;
  case 'f':
    return json::word(at, "false") == Part::Whole;
  case 'n':
    return json::word(at, "null") == Part::Whole;
  default:
    return json::number(at) == Part::Whole;
  }
}

std::string outerObject(std::string_view members, std::size_t objects) {
  members = trimmed(members);
  if (members.ends_with(','))
    members.remove_suffix(1);
  if (members.size() > kMaxOuterBytes || !isValidUtf8(members))
    return "{}";
  return std::string(members) + std::string(objects, '}');
}

} // namespace

struct RecordArrayFinder::Walk {
  std::string_view text;
  std::vector<Level> levels = {};

  /// The place of the outermost array, where there is one.
  std::size_t firstArray() const {
    return std::find_if(levels.begin(), levels.end(), [](const Level &l) { return !l.object; })->begin;
  }

  /// The arrays around the innermost level, which is one.
  std::vector<RecordArray> arrays() const {
    std::vector<RecordArray> all;
    for (std::size_t i = 0, object = 0; i < levels.size(); ++i) {
      if (levels[i].object)
        continue;
      if (i == object) // an array of arrays
        return {};
      RecordArray array;
      const std::size_t begin = levels[object].begin;
      array.open = static_cast<int>(i - object);
      array.outer = outerObject(text.substr(begin, levels[i - 1].key_at - begin), i - object);
      for (; object < i; ++object) {
        array.path += array.path.empty() ? "" : ".";
        appendUnescaped(array.path, toUtf8(levels[object].key));
      }
      ++object;
      all.push_back(std::move(array));
    }
    return all;
  }
};

// One loop over the text's brackets, keys and values: its position stays in a register.
std::optional<RecordArrayFinder::Found> RecordArrayFinder::find(std::string_view text, const Around &around) {
  Walk walk{text};
  std::vector<Level> &levels = walk.levels;
  Cursor at{text.data(), text.data() + text.size()};
  const auto place = [&] { return static_cast<std::size_t>(at.p - text.data()); };
  for (bool value = true;;) { // at a value, or behind one
    at.skipBlanks();
    if (at.atEnd())
      return std::nullopt;
    if (value && (*at.p == '{' || *at.p == '[')) {
      if (levels.size() == kMaxLevels)
        return std::nullopt;
      levels.push_back({*at.p == '{', place()});
      ++at.p;
      at.skipBlanks();
      if (at.atEnd())
        return std::nullopt;
      value = *at.p != '}' && *at.p != ']';
    } else if (value) {
      if (!skipScalar(at))
        return std::nullopt;
      value = false;
      continue;
    } else if (*at.p == ',') {
      ++at.p;
      at.skipBlanks();
      value = true;
    } else {
      if (*at.p != (levels.back().object ? '}' : ']'))
        return std::nullopt;
      ++at.p;
      const Level closed = levels.back();
      levels.pop_back();
      if (levels.empty())
        return std::nullopt;
      const std::string_view element = text.substr(closed.begin, place() - closed.begin);
      const bool asks = closed.object && !levels.back().object && levels.back().asked++ < kAsked;
      if (asks && isRecord(walk, element, around))
        return Found{walk.arrays().front(), walk.firstArray() + 1};
      continue;
    }
    if (value && levels.back().object) {
      levels.back().key_at = place();
      if (!readKey(at, levels.back().key))
        return std::nullopt;
    }
  }
}

bool RecordArrayFinder::isRecord(const Walk &walk, std::string_view element, const Around &around) {
  const std::vector<RecordArray> arrays = walk.arrays();
  if (arrays.empty())
    return false;
  const std::string &wanted = m_roles.mapping().records;
  std::string whole = around.path;
  std::vector<std::string> keys;
  for (const RecordArray &array : arrays)
    whole += (whole.empty() ? "" : ".") + array.path;
  if (!wanted.empty())
    return whole == wanted;
  for (const Level &level : walk.levels)
    if (level.object)
      appendUnescaped(keys.emplace_back(), toUtf8(level.key));
  const std::vector<std::string_view> path(keys.begin(), keys.end());
  return !isMetadata(path) && holdsRecord(element, arrays, around.time);
}

bool RecordArrayFinder::holdsRecord(std::string_view element, const std::vector<RecordArray> &arrays,
                                    bool time) {
  const unsigned own = traits(element, m_fields);
  if ((own & kValue) == 0)
    return false;
  const bool pair = isNameAndValue(m_scanner.fields());
  for (const RecordArray &array : arrays) {
    const std::string padded = array.outer + std::string(kChunkPadding, ' ');
    const unsigned outer = traits(std::string_view(padded).substr(0, array.outer.size()), m_outerFields);
    if ((outer & kTime) != 0 && (outer & kCanonical) != 0)
      return false;
    time = time || (outer & kTime) != 0;
  }
  return (own & kTime) != 0 || (time && (own & (kDevice | kCanonical)) != 0 && !pair);
}

unsigned RecordArrayFinder::traits(std::string_view object, JsonFields &fields) {
  if (m_scanner.scan(object).status != JsonExtent::Status::Complete)
    return 0;
  fields.begin();
  unsigned all = 0;
  const std::span<const JsonField> members = m_scanner.fields();
  for (std::size_t i = 0; i < members.size(); ++i)
    all |= traitsOf(members[i], fields.find(fields.order(0), nullptr, members, i));
  return all;
}

nlohmann::json toJson(const RecordArray &array) {
  return {{"outer", array.outer}, {"path", array.path}, {"open", array.open}};
}

RecordArray recordArrayFromJson(const nlohmann::json &json) {
  return {json.at("outer").get<std::string>(), json.at("path").get<std::string>(),
          json.at("open").get<int>()};
}

} // namespace meteorograph
