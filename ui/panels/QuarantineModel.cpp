// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/QuarantineModel.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"

#include <QApplication>
#include <QFontDatabase>

namespace meteorograph::ui {

namespace {

constexpr std::size_t kShownText = 400; // more does not fit a line; the detail shows all

bool sameRecords(const std::vector<QuarantinedRecord> &a, const std::vector<QuarantinedRecord> &b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const QuarantinedRecord &x, const QuarantinedRecord &y) {
                      return x.id == y.id && x.file == y.file && x.reason == y.reason;
                    });
}

} // namespace

QString visibleText(std::string_view text) {
  QString shown;
  if (text.starts_with("\xEF\xBB\xBF"))
    shown = QStringLiteral("‹BOM›"); // the decoder below would swallow it
  for (const QChar c : QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))) {
    const char16_t code = c.unicode();
    if (code == u'\t' || code == u'\n' || (code >= 0x20 && code < 0x7f) || code > 0xa0)
      shown += code == 0xfeff   ? QStringLiteral("‹BOM›")
               : code == 0x200b ? QStringLiteral("‹zero width space›")
               : code == 0x00ad ? QStringLiteral("‹soft hyphen›")
                                : QString(c);
    else if (code < 0x20)
      shown += QChar(static_cast<char16_t>(0x2400 + code)); // the pictures of control characters
    else
      shown +=
          code == 0x7f ? QString(QChar(0x2421)) : QStringLiteral("‹%1›").arg(code, 2, 16, QLatin1Char('0'));
  }
  return shown;
}

void QuarantineModel::setRecords(const std::vector<QuarantinedRecord> &records) {
  if (sameRecords(records, m_records))
    return;
  beginResetModel();
  m_records = records;
  endResetModel();
}

int QuarantineModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_records.size());
}

int QuarantineModel::columnCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant QuarantineModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal)
    return {};
  const bool number = section == LineColumn || section == OffsetColumn;
  if (role == Qt::TextAlignmentRole)
    return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  const QStringList titles = {tr("File"), tr("Line"), tr("Offset"), tr("Reason"), tr("Text")};
  return role == Qt::DisplayRole ? QVariant(titles.value(section)) : QVariant();
}

QVariant QuarantineModel::data(const QModelIndex &index, int role) const {
  const QuarantinedRecord &row = record(index.row());
  const int column = index.column();
  if (role == Qt::TextAlignmentRole && (column == LineColumn || column == OffsetColumn))
    return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role == Qt::ForegroundRole && column != TextColumn && column != FileColumn)
    return column == ReasonColumn ? themeOf(QApplication::palette()).warning
                                  : themeOf(QApplication::palette()).dim;
  if (role == Qt::FontRole && column == TextColumn) {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(12);
    return font;
  }
  if (role == Qt::ToolTipRole && column == FileColumn)
    return QString::fromStdString(row.file);
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
    return {};
  switch (column) {
  case FileColumn:
    return QString::fromStdString(row.file).section(QLatin1Char('/'), -2);
  case LineColumn:
    return formatCount(row.line);
  case OffsetColumn:
    return formatCount(row.offset);
  case ReasonColumn:
    return QString::fromStdString(row.reason);
  default:
    return visibleText(std::string_view(row.text).substr(0, kShownText)).simplified();
  }
}

void QuarantineProxy::setFile(const std::string &path) {
  m_file = path;
  invalidateFilter();
}

void QuarantineProxy::setReason(const std::string &reason) {
  m_reason = reason;
  invalidateFilter();
}

void QuarantineProxy::setText(const QString &text) {
  m_text = text.trimmed();
  invalidateFilter();
}

bool QuarantineProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const {
  const QuarantinedRecord &a = records().record(left.row());
  const QuarantinedRecord &b = records().record(right.row());
  switch (left.column()) {
  case QuarantineModel::FileColumn:
    return std::tie(a.file, a.offset) < std::tie(b.file, b.offset);
  case QuarantineModel::LineColumn:
    return a.line < b.line;
  case QuarantineModel::OffsetColumn:
    return a.offset < b.offset;
  case QuarantineModel::ReasonColumn:
    return a.reason < b.reason;
  default:
    return a.text < b.text;
  }
}

bool QuarantineProxy::filterAcceptsRow(int row, const QModelIndex &) const {
  const QuarantinedRecord &record = records().record(row);
  if ((!m_file.empty() && record.file != m_file) || (!m_reason.empty() && record.reason != m_reason))
    return false;
  return m_text.isEmpty() || QString::fromStdString(record.text).contains(m_text, Qt::CaseInsensitive) ||
         QString::fromStdString(record.file).contains(m_text, Qt::CaseInsensitive) ||
         QString::fromStdString(record.reason).contains(m_text, Qt::CaseInsensitive);
}

} // namespace meteorograph::ui
