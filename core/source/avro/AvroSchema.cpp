// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/avro/AvroSchema.h"

#include "core/source/TextEncoding.h"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>

namespace meteorograph {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxNodes = 100'000;
/// A name is written with every record: a limit bounds what a byte of data can become.
constexpr std::size_t kMaxNameBytes = 1024;
constexpr std::uint32_t kMaxScale = 18;

const std::map<std::string, AvroType, std::less<>> kPrimitives = {
    {"null", AvroType::Null},   {"boolean", AvroType::Boolean}, {"int", AvroType::Int},
    {"long", AvroType::Long},   {"float", AvroType::Float},     {"double", AvroType::Double},
    {"bytes", AvroType::Bytes}, {"string", AvroType::String}};

const std::map<std::string, AvroMeaning, std::less<>> kTimes = {
    {"timestamp-millis", AvroMeaning::Millis},       {"timestamp-micros", AvroMeaning::Micros},
    {"timestamp-nanos", AvroMeaning::Nanos},         {"local-timestamp-millis", AvroMeaning::Millis},
    {"local-timestamp-micros", AvroMeaning::Micros}, {"local-timestamp-nanos", AvroMeaning::Nanos}};

std::string textOf(const Json &object, const char *key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::uint32_t> countOf(const Json &object, const char *key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_unsigned())
    return std::nullopt;
  const auto value = found->get<std::uint64_t>();
  return value <= INT32_MAX ? std::optional(static_cast<std::uint32_t>(value)) : std::nullopt;
}

} // namespace

/// Makes nodes of JSON; the first thing that is wrong ends it.
class AvroSchemaReader {
public:
  bool read(const Json &type, const std::string &space, int depth, std::uint32_t &index);
  std::string reason;
  AvroSchema schema;

private:
  AvroNode &node(std::uint32_t index) { return schema.m_nodes[index]; }
  bool refuse(std::string why) {
    reason = std::move(why);
    return false;
  }
  bool add(AvroType type, std::uint32_t &index);
  bool addChild(const Json &type, const std::string &space, int depth, std::uint32_t parent);
  bool addName(const Json &name, std::uint32_t parent);
  bool readName(const std::string &name, const std::string &space, std::uint32_t &index);
  bool readUnion(const Json &branches, const std::string &space, int depth, std::uint32_t &index);
  bool readObject(const Json &object, const std::string &space, int depth, std::uint32_t &index);
  bool readNamed(const Json &object, AvroType type, const std::string &space, int depth,
                 std::uint32_t &index);
  void readMeaning(const Json &object, AvroNode &into);

  std::map<std::string, std::uint32_t> m_named; ///< by full name
};

bool AvroSchemaReader::add(AvroType type, std::uint32_t &index) {
  if (schema.m_nodes.size() >= kMaxNodes)
    return refuse("its schema is too large");
  index = static_cast<std::uint32_t>(schema.m_nodes.size());
  schema.m_nodes.emplace_back().type = type;
  return true;
}

bool AvroSchemaReader::addChild(const Json &type, const std::string &space, int depth, std::uint32_t parent) {
  std::uint32_t child = 0;
  if (!read(type, space, depth + 1, child))
    return false;
  node(parent).children.push_back(child);
  return true;
}

bool AvroSchemaReader::addName(const Json &name, std::uint32_t parent) {
  const std::string text = name.is_string() ? name.get<std::string>() : std::string();
  if (text.empty() || text.size() > kMaxNameBytes)
    return refuse("its schema has a name that is none");
  appendJsonString(node(parent).names.emplace_back(), text);
  return true;
}

bool AvroSchemaReader::read(const Json &type, const std::string &space, int depth, std::uint32_t &index) {
  if (depth > kMaxAvroDepth)
    return refuse("its schema is nested too deep");
  if (type.is_string())
    return readName(type.get<std::string>(), space, index);
  if (type.is_array())
    return readUnion(type, space, depth, index);
  return type.is_object() ? readObject(type, space, depth, index) : refuse("its schema is none");
}

bool AvroSchemaReader::readName(const std::string &name, const std::string &space, std::uint32_t &index) {
  if (const auto primitive = kPrimitives.find(name); primitive != kPrimitives.end())
    return add(primitive->second, index);
  for (const std::string &full : {space.empty() ? name : space + "." + name, name})
    if (const auto known = m_named.find(full); known != m_named.end()) {
      index = known->second;
      return true;
    }
  return refuse("its schema does not define " + name.substr(0, 64));
}

bool AvroSchemaReader::readUnion(const Json &branches, const std::string &space, int depth,
                                 std::uint32_t &index) {
  if (!add(AvroType::Union, index))
    return false;
  for (const Json &branch : branches)
    if (!addChild(branch, space, depth, index))
      return false;
  return true;
}

bool AvroSchemaReader::readObject(const Json &object, const std::string &space, int depth,
                                  std::uint32_t &index) {
  const auto type = object.find("type");
  if (type == object.end())
    return refuse("its schema has a type without a name");
  const std::string name = type->is_string() ? type->get<std::string>() : std::string();
  if (name == "record" || name == "error")
    return readNamed(object, AvroType::Record, space, depth, index);
  if (name == "enum")
    return readNamed(object, AvroType::Enum, space, depth, index);
  if (name == "fixed")
    return readNamed(object, AvroType::Fixed, space, depth, index);
  if (name == "array" || name == "map") {
    const Json none;
    const auto items = object.find(name == "array" ? "items" : "values");
    return add(name == "array" ? AvroType::Array : AvroType::Map, index) &&
           addChild(items == object.end() ? none : *items, space, depth, index);
  }
  if (!read(*type, space, depth + 1, index))
    return false;
  if (kPrimitives.contains(name)) // a node of its own, not a named type that others share
    readMeaning(object, node(index));
  return true;
}

bool AvroSchemaReader::readNamed(const Json &object, AvroType type, const std::string &space, int depth,
                                 std::uint32_t &index) {
  if (!add(type, index))
    return false;
  const std::string name = textOf(object, "name");
  const std::size_t point = name.rfind('.');
  const std::string own = textOf(object, "namespace");
  const std::string inner = point != std::string::npos ? name.substr(0, point) : own.empty() ? space : own;
  const std::string full = point != std::string::npos || inner.empty() ? name : inner + "." + name;
  m_named.emplace(full, index); // before its fields, which may be of this type
  if (type == AvroType::Fixed) {
    const std::optional<std::uint32_t> size = countOf(object, "size");
    node(index).size = size.value_or(0);
    readMeaning(object, node(index));
    return size.has_value() || refuse("its schema has a fixed type without a size");
  }
  const auto members = object.find(type == AvroType::Enum ? "symbols" : "fields");
  if (members == object.end() || !members->is_array())
    return refuse("its schema has a type without members");
  for (const Json &member : *members) {
    const bool field = type == AvroType::Record;
    if (field && (!member.is_object() || !member.contains("name") || !member.contains("type")))
      return refuse("its schema has a field without a name or type");
    if (!addName(field ? member["name"] : member, index) ||
        (field && !addChild(member["type"], inner, depth, index)))
      return false;
  }
  return true;
}

void AvroSchemaReader::readMeaning(const Json &object, AvroNode &into) {
  const std::string meaning = textOf(object, "logicalType");
  const auto time = kTimes.find(meaning);
  if (into.type == AvroType::Long && time != kTimes.end()) {
    into.meaning = time->second;
    into.local = meaning.starts_with("local-");
  } else if (into.type == AvroType::Int && meaning == "date") {
    into.meaning = AvroMeaning::Date;
  } else if ((into.type == AvroType::Bytes || into.type == AvroType::Fixed) && meaning == "decimal") {
    into.scale = countOf(object, "scale").value_or(0);
    into.meaning = into.scale <= kMaxScale ? AvroMeaning::Decimal : AvroMeaning::Itself;
  }
}

Result<AvroSchema> AvroSchema::parse(std::string_view text) {
  const Json type = Json::parse(text, nullptr, false);
  if (type.is_discarded())
    return fail(ErrorCode::Unreadable, "its schema is no JSON");
  AvroSchemaReader reader;
  std::uint32_t root = 0;
  if (!reader.read(type, {}, 0, root))
    return fail(ErrorCode::Unreadable, reader.reason);
  return std::move(reader.schema);
}

} // namespace meteorograph
