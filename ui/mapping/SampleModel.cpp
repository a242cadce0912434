// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapping/SampleModel.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"
#include "ui/mapping/MappingText.h"

#include <QApplication>

namespace meteorograph::ui {

namespace {

constexpr qsizetype kShownText = 400; // no cell shows more

QString outcomeText(const PreviewRow &row) {
  switch (row.outcome) {
  case PreviewRow::Outcome::Accepted:
    return SampleModel::tr("✓ accepted");
  case PreviewRow::Outcome::Skipped:
    return SampleModel::tr("– skipped");
  case PreviewRow::Outcome::Quarantined:
    return SampleModel::tr("✕ %1").arg(QString::fromStdString(row.reason));
  }
  return {};
}

QVariant colourOf(const PreviewRow &row, const FieldReport *field, int column) {
  const ChartTheme &theme = themeOf(QApplication::palette());
  if (row.outcome == PreviewRow::Outcome::Quarantined)
    return theme.bad;
  if (row.outcome == PreviewRow::Outcome::Skipped || column == SampleModel::LineColumn)
    return theme.dim;
  if (column == SampleModel::OutcomeColumn)
    return theme.ok;
  const bool used = !field || field->use == FieldUse::Time || field->use == FieldUse::Device ||
                    field->use == FieldUse::Quantity || field->use == FieldUse::Value;
  return used ? theme.text : theme.dim;
}

} // namespace

void SampleModel::show(std::shared_ptr<const MappingPreview> preview) {
  beginResetModel();
  m_preview = std::move(preview);
  m_cells = 0;
  for (const PreviewRow &row : m_preview->rows)
    m_cells = std::max(m_cells, static_cast<int>(row.cells.size()));
  m_fields.assign(static_cast<std::size_t>(m_cells), nullptr);
  for (const FieldReport &field : m_preview->inference.fields)
    if (field.column > 0 && field.column <= m_cells)
      m_fields[static_cast<std::size_t>(field.column - 1)] = &field;
  endResetModel();
}

int SampleModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() || !m_preview ? 0 : static_cast<int>(m_preview->rows.size());
}

int SampleModel::columnCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : FirstCell + std::max(1, m_cells);
}

const FieldReport *SampleModel::fieldAt(int cell) const {
  return cell >= 0 && cell < m_cells ? m_fields[static_cast<std::size_t>(cell)] : nullptr;
}

/// A column's name above what it was taken for.
QString SampleModel::head(int cell) const {
  if (m_cells == 0)
    return tr("Text");
  const FieldReport *field = fieldAt(cell);
  if (!field)
    return tr("Column %1").arg(cell + 1) + QStringLiteral("\n");
  QString use = useText(field->use);
  if (field->use == FieldUse::Quantity)
    use = quantityTitle(field->quantity) +
          (field->unit.empty() ? QString() : QLatin1Char(' ') + QString::fromStdString(field->unit));
  return fieldText(*field) + QLatin1Char('\n') + use;
}

QVariant SampleModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal)
    return {};
  if (role == Qt::TextAlignmentRole)
    return int(Qt::AlignLeft | Qt::AlignVCenter);
  if (role == Qt::ToolTipRole && section >= FirstCell)
    return head(section - FirstCell);
  if (role != Qt::DisplayRole)
    return {};
  if (section == LineColumn)
    return tr("Line");
  return section == OutcomeColumn ? tr("What became of it") : head(section - FirstCell);
}

QVariant SampleModel::data(const QModelIndex &index, int role) const {
  const PreviewRow &row = m_preview->rows[static_cast<std::size_t>(index.row())];
  const int cell = index.column() - FirstCell;
  if (role == Qt::ForegroundRole)
    return colourOf(row, fieldAt(cell), index.column());
  if (role == Qt::BackgroundRole && row.outcome == PreviewRow::Outcome::Quarantined) {
    QColor tint = themeOf(QApplication::palette()).bad;
    tint.setAlphaF(0.09F);
    return tint;
  }
  if (role == Qt::ToolTipRole && row.outcome == PreviewRow::Outcome::Quarantined)
    return QString(QString::fromStdString(row.reason) + QLatin1Char('\n') +
                   QString::fromStdString(row.text).left(2000));
  if (role != Qt::DisplayRole)
    return {};
  if (index.column() == LineColumn)
    return formatCount(row.line);
  if (index.column() == OutcomeColumn)
    return outcomeText(row);
  const auto at = static_cast<std::size_t>(cell);
  if (at < row.cells.size())
    return QString::fromStdString(row.cells[at]).left(kShownText);
  // A record without cells shows its text, in a table in the first of them.
  return cell == 0 && row.cells.empty() ? QString::fromStdString(row.text).simplified().left(kShownText)
                                        : QString();
}

} // namespace meteorograph::ui
