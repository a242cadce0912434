// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/AvroWriter.h"

#include "tests/support/Packing.h"

#include <algorithm>
#include <cstring>
#include <snappy.h>
#include <zlib.h>

namespace {

const std::string kSync = "sixteen bytes...";

const std::string kCaptureSchema =
    R"({"type":"record","name":"EventData","namespace":"Microsoft.ServiceBus.Messaging","fields":[
{"name":"SequenceNumber","type":"long"},{"name":"Offset","type":"string"},
{"name":"EnqueuedTimeUtc","type":"string"},
{"name":"SystemProperties","type":{"type":"map","values":["long","double","string","bytes"]}},
{"name":"Properties","type":{"type":"map","values":["long","double","string","bytes","null"]}},
{"name":"Body","type":["null","bytes"]}]})";

const std::string kRoutedSchema =
    R"({"type":"record","name":"Message","namespace":"Microsoft.Azure.Devices","fields":[
{"name":"EnqueuedTimeUtc","type":"string"},{"name":"Properties","type":{"type":"map","values":"string"}},
{"name":"SystemProperties","type":{"type":"map","values":"string"}},{"name":"Body","type":["null","bytes"]}]})";

template <class Number> std::string raw(Number value) {
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

std::string snapped(std::string_view bytes) {
  std::string packed;
  snappy::Compress(bytes.data(), bytes.size(), &packed);
  const auto crc = crc32_z(0, reinterpret_cast<const Bytef *>(bytes.data()), bytes.size());
  for (int shift = 24; shift >= 0; shift -= 8)
    packed.push_back(static_cast<char>(crc >> shift));
  return packed;
}

} // namespace

std::string avroLong(std::int64_t value) {
  auto left = static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
  std::string bytes;
  for (; left >= 0x80; left >>= 7)
    bytes.push_back(static_cast<char>(left | 0x80));
  bytes.push_back(static_cast<char>(left));
  return bytes;
}

std::string avroSized(std::string_view bytes) {
  return avroLong(static_cast<std::int64_t>(bytes.size())) + std::string(bytes);
}
std::string avroDouble(double value) { return raw(value); }
std::string avroFloat(float value) { return raw(value); }

AvroWriter::AvroWriter(const std::string &schema, std::string codec) : m_codec(std::move(codec)) {
  m_container = std::string("Obj\x01") + avroLong(2) + avroSized("avro.codec") + avroSized(m_codec) +
                avroSized("avro.schema") + avroSized(schema) + avroLong(0) + kSync;
}

std::string AvroWriter::pack(std::string_view bytes) const {
  if (m_codec == "deflate")
    return deflated(bytes, -15);
  if (m_codec == "snappy")
    return snapped(bytes);
  return m_codec == "zstandard" ? zstdOf(bytes) : std::string(bytes);
}

void AvroWriter::block(const std::vector<std::string> &data) {
  std::string bytes;
  for (const std::string &datum : data)
    bytes += datum;
  rawBlock(static_cast<std::int64_t>(data.size()), bytes);
}

void AvroWriter::rawBlock(std::int64_t count, std::string_view bytes) {
  m_container += avroLong(count) + avroSized(pack(bytes)) + kSync;
}

std::string avroCapture(const std::vector<std::string> &bodies, const std::string &codec,
                        std::size_t per_block) {
  AvroWriter writer(kCaptureSchema, codec);
  for (std::size_t from = 0; from < bodies.size(); from += per_block) {
    std::vector<std::string> data;
    for (std::size_t i = from; i < std::min(bodies.size(), from + per_block); ++i)
      data.push_back(avroLong(static_cast<std::int64_t>(i)) + avroSized(std::to_string(i * 512)) +
                     avroSized("11/14/2023 10:13:20 PM") + avroLong(2) + avroSized("x-opt-enqueued-time") +
                     avroLong(0) + avroLong(1'700'000'000'000) + avroSized("iothub-connection-device-id") +
                     avroLong(2) + avroSized("capture 7") + avroLong(0) + avroLong(0) + avroLong(1) +
                     avroSized(bodies[i]));
    writer.block(data);
  }
  return writer.container();
}

std::string avroRouted(const std::vector<std::string> &bodies) {
  AvroWriter writer(kRoutedSchema);
  std::vector<std::string> data;
  for (const std::string &body : bodies)
    data.push_back(avroSized("2023-11-14T22:13:20.0000000Z") + avroLong(0) + avroLong(1) +
                   avroSized("connectionDeviceId") + avroSized("routed 7") + avroLong(0) + avroLong(1) +
                   avroSized(body));
  writer.block(data);
  return writer.container();
}
