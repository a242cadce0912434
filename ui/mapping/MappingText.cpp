// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapping/MappingText.h"

#include "ui/format/Format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

namespace meteorograph::ui {

namespace {
QString tr(const char *text) { return QCoreApplication::translate("Mapping", text); }
} // namespace

QString useText(FieldUse use) {
  switch (use) {
  case FieldUse::Time:
    return tr("Time");
  case FieldUse::Device:
    return tr("Device");
  case FieldUse::Quantity:
    return tr("Quantity");
  case FieldUse::QuantityName:
    return tr("Quantity's name");
  case FieldUse::Value:
    return tr("Value");
  case FieldUse::Unit:
    return tr("Unit");
  case FieldUse::MessageId:
    return tr("Message id");
  case FieldUse::Attribute:
    return tr("Kept aside");
  case FieldUse::Envelope:
    return tr("Transport");
  case FieldUse::Ignored:
    return tr("Ignored");
  }
  return {};
}

QString formatText(Mapping::Format format) {
  switch (format) {
  case Mapping::Format::Inferred:
    break;
  case Mapping::Format::Delimited:
    return tr("Text table");
  case Mapping::Format::Json:
    return tr("JSON");
  case Mapping::Format::LineProtocol:
    return tr("Line protocol");
  case Mapping::Format::TopicPayload:
    return tr("Topic and value");
  }
  return {};
}

QString delimiterText(char delimiter) {
  switch (delimiter) {
  case '\0':
    return {};
  case ',':
    return tr(",  comma");
  case ';':
    return tr(";  semicolon");
  case '\t':
    return tr("tab");
  case '|':
    return tr("|  bar");
  case ' ':
    return tr("blanks");
  default:
    return QString(QLatin1Char(delimiter));
  }
}

QString fieldText(const FieldReport &field) {
  const QString name = QString::fromStdString(field.field);
  return field.column > 0 && (name.isEmpty() || name == QString::number(field.column))
             ? tr("Column %1").arg(field.column)
             : name;
}

QString mappingTitle(const Mapping &mapping) {
  if (mapping.empty())
    return tr("inferred");
  return mapping.name.empty() ? tr("own") : QString::fromStdString(mapping.name);
}

QString quantityText(const std::string &quantity) { return quantityTitle(quantity); }

QStringList unitChoices(std::string_view quantity) {
  const auto list = [](std::initializer_list<const char *> units) {
    QStringList all;
    for (const char *unit : units)
      all << QString::fromUtf8(unit);
    return all;
  };
  if (quantity == kTemperature)
    return list({"°C", "°F", "K"});
  if (quantity == kHumidity)
    return list({"%"});
  if (quantity == kPressure)
    return list({"hPa", "Pa", "kPa", "mbar", "mmHg", "inHg"});
  return list({"°C", "°F", "%", "hPa", "ppm", "ppb", "lux", "V", "mV", "m/s", "km/h", "mm", "µg/m³", "W/m²"});
}

QString numbersText(const std::vector<double> &numbers) {
  QStringList all;
  for (const double number : numbers)
    all << QLocale::c().toString(number, 'g', QLocale::FloatingPointShortest);
  return all.join(QStringLiteral("; "));
}

std::optional<std::vector<double>> parseNumbers(const QString &text) {
  static const QRegularExpression separators(QStringLiteral("[;,\\s]+"));
  std::vector<double> numbers;
  QString plain = text;
  plain.replace(QChar(0x2212), QLatin1Char('-')); // the minus sign that people copy from tables
  for (const QString &part : plain.split(separators, Qt::SkipEmptyParts)) {
    bool good = false;
    numbers.push_back(QLocale::c().toDouble(part, &good));
    if (!good)
      return std::nullopt;
  }
  return numbers;
}

QString sliceText(const std::optional<Mapping::Slice> &slice) {
  if (!slice)
    return {};
  return QStringLiteral("%1:%2")
      .arg(slice->first)
      .arg(slice->last ? QString::number(*slice->last) : QString());
}

bool parseSlice(const QString &text, std::optional<Mapping::Slice> &slice) {
  static const QRegularExpression shape(QStringLiteral("^\\s*(-?\\d{0,6})\\s*:\\s*(-?\\d{1,6})?\\s*$"));
  slice.reset();
  if (text.trimmed().isEmpty())
    return true;
  const QRegularExpressionMatch match = shape.match(text);
  if (!match.hasMatch() || match.captured(1) == QLatin1String("-"))
    return false;
  slice = Mapping::Slice{match.captured(1).toInt(), {}};
  if (!match.captured(2).isEmpty())
    slice->last = match.captured(2).toInt();
  return true;
}

std::string quantityName(const QString &typed) {
  QString name;
  for (const QChar c : typed.trimmed().toLower())
    if (c.isLetterOrNumber())
      name += c;
    else if (!name.isEmpty() && !name.endsWith(QLatin1Char('_')))
      name += QLatin1Char('_');
  while (name.endsWith(QLatin1Char('_')))
    name.chop(1);
  return name.toStdString();
}

QString countsText(const MappingPreview &preview) {
  const RecordCounts &counts = preview.counts;
  const QString sample = preview.sample_bytes < preview.file_bytes
                             ? tr("%1 skipped of the first %2")
                                   .arg(formatCount(counts.skipped), formatBytes(preview.sample_bytes))
                             : tr("%1 skipped of the whole file").arg(formatCount(counts.skipped));
  return QStringList{tr("%1 accepted").arg(formatCount(counts.accepted)),
                     tr("%1 quarantined").arg(formatCount(counts.quarantined)), sample,
                     tr("%1 readings").arg(formatCount(static_cast<std::int64_t>(preview.batch.rows.size())))}
      .join(QStringLiteral(" · "));
}

} // namespace meteorograph::ui
