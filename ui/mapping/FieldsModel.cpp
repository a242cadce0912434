// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapping/FieldsModel.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"
#include "ui/mapping/MappingText.h"

#include <QApplication>

#include <set>

namespace meteorograph::ui {

namespace {

constexpr std::string_view kCommon[] = {kTemperature, kHumidity, kPressure};

bool isChosen(const DraftField &field, int column) {
  switch (column) {
  case FieldsModel::RoleColumn:
    return field.role_chosen;
  case FieldsModel::QuantityColumn:
    return field.quantity_chosen;
  case FieldsModel::UnitColumn:
    return field.unit_chosen;
  case FieldsModel::MissingColumn:
    return !field.missing.empty();
  case FieldsModel::DeviceColumn:
    return field.device_chosen;
  default:
    return false;
  }
}

bool isQuantity(const DraftField &field) { return field.report.use == FieldUse::Quantity; }

/// The first value that is not empty.
QString exampleOf(const FieldReport &field, const std::vector<PreviewRow> &rows) {
  const auto at = static_cast<std::size_t>(field.column - 1);
  if (field.column > 0)
    for (const PreviewRow &row : rows)
      if (row.outcome != PreviewRow::Outcome::Skipped && at < row.cells.size() && !row.cells[at].empty())
        return QString::fromStdString(row.cells[at]).simplified().left(80);
  return {};
}

} // namespace

FieldsModel::FieldsModel(MappingDraft &draft, QObject *parent)
    : QAbstractTableModel(parent), m_draft(draft) {}

void FieldsModel::refresh(const std::vector<PreviewRow> &rows) {
  std::vector<DraftField> fields = m_draft.fields();
  QStringList examples;
  for (const DraftField &field : fields)
    examples << exampleOf(field.report, rows);
  const bool same = fields.size() == m_fields.size();
  if (!same)
    beginResetModel();
  m_fields = std::move(fields);
  m_examples = std::move(examples);
  if (!same)
    endResetModel();
  else if (!m_fields.empty())
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

bool FieldsModel::hasExamples() const {
  return std::any_of(m_examples.begin(), m_examples.end(),
                     [](const QString &example) { return !example.isEmpty(); });
}

int FieldsModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_fields.size());
}

int FieldsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant FieldsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal)
    return {};
  if (role == Qt::TextAlignmentRole)
    return int(Qt::AlignLeft | Qt::AlignVCenter);
  if (role != Qt::DisplayRole)
    return {};
  const QStringList titles = {tr("Field"), tr("Example"), tr("Role"),   tr("Quantity"),
                              tr("Unit"),  tr("Missing"), tr("Device"), tr("Note")};
  return titles.value(section);
}

QString FieldsModel::text(const DraftField &field, int column) const {
  switch (column) {
  case FieldColumn:
    return fieldText(field.report);
  case RoleColumn:
    return useText(field.report.use);
  case NoteColumn:
    return QString::fromStdString(field.report.remark);
  default:
    break;
  }
  if (!isQuantity(field))
    return {};
  switch (column) {
  case QuantityColumn:
    return quantityText(field.report.quantity);
  case UnitColumn:
    return field.report.unit_guessed ? tr("%1 · guessed").arg(QString::fromStdString(field.report.unit))
                                     : QString::fromStdString(field.report.unit);
  case MissingColumn:
    return numbersText(field.missing);
  case DeviceColumn:
    return QString::fromStdString(field.report.device);
  default:
    return {};
  }
}

QString FieldsModel::editText(const DraftField &field, int column) const {
  if (column == QuantityColumn)
    return QString::fromStdString(field.report.quantity);
  if (column == UnitColumn)
    return QString::fromStdString(field.report.unit);
  return text(field, column);
}

QString FieldsModel::tip(const DraftField &field, int column) const {
  if (isChosen(field, column))
    return tr("Set by you. “As inferred” or an empty text takes it back.");
  if (column == UnitColumn && field.report.unit_guessed)
    return tr("The file does not say this unit: choose it if it is another.");
  return QString::fromStdString(field.report.remark);
}

QVariant FieldsModel::colour(const DraftField &field, int column) const {
  const ChartTheme &theme = themeOf(QApplication::palette());
  if (isChosen(field, column))
    return theme.accent;
  if (column == UnitColumn && field.report.unit_guessed)
    return theme.warning;
  const bool plain = isQuantity(field) || field.report.use == FieldUse::Time ||
                     field.report.use == FieldUse::Device || column == FieldColumn;
  return plain && column != ExampleColumn && column != NoteColumn ? theme.text : theme.dim;
}

QStringList FieldsModel::choices(const DraftField &field, int column) const {
  if (column == RoleColumn)
    return {tr("As inferred"), tr("Time"), tr("Device"), tr("Quantity"), tr("Ignored")};
  if (column == UnitColumn)
    return unitChoices(field.report.quantity);
  if (column != QuantityColumn)
    return {};
  QStringList all;
  std::set<std::string> seen;
  for (const std::string_view name : kCommon)
    if (seen.insert(std::string(name)).second)
      all << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
  for (const DraftField &other : m_fields)
    if (isQuantity(other) && seen.insert(other.report.quantity).second)
      all << QString::fromStdString(other.report.quantity);
  return all;
}

QVariant FieldsModel::data(const QModelIndex &index, int role) const {
  const DraftField &row = field(index.row());
  const int column = index.column();
  switch (role) {
  case Qt::DisplayRole:
    return column == ExampleColumn ? m_examples.value(index.row()) : text(row, column);
  case Qt::EditRole:
    return editText(row, column);
  case Qt::ToolTipRole:
    return column == ExampleColumn ? m_examples.value(index.row()) : tip(row, column);
  case Qt::ForegroundRole:
    return colour(row, column);
  case Qt::AccessibleTextRole:
    return QString(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() + QStringLiteral(": ") +
                   text(row, column));
  case ChoicesRole:
    return choices(row, column);
  case FreeTextRole:
    return column == QuantityColumn || column == UnitColumn;
  default:
    return {};
  }
}

Qt::ItemFlags FieldsModel::flags(const QModelIndex &index) const {
  const bool editable =
      index.column() == RoleColumn ||
      (index.column() >= QuantityColumn && index.column() <= DeviceColumn && isQuantity(field(index.row())));
  const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
  return editable ? usual | Qt::ItemIsEditable : usual;
}

bool FieldsModel::apply(const FieldReport &field, int column, const QString &text) {
  using Role = MappingDraft::Role;
  if (column == RoleColumn) {
    const qsizetype at = choices({}, RoleColumn).indexOf(text);
    if (at < 0)
      return false;
    m_draft.setRole(field, static_cast<Role>(at));
  } else if (column == QuantityColumn) {
    m_draft.setQuantity(field, quantityName(text));
  } else if (column == UnitColumn) {
    m_draft.setUnit(field, text.trimmed().toStdString());
  } else if (column == MissingColumn) {
    const std::optional<std::vector<double>> numbers = parseNumbers(text);
    if (!numbers)
      return false;
    m_draft.setMissing(field, *numbers);
  } else if (column == DeviceColumn) {
    m_draft.setDevice(field, text.trimmed().toStdString());
  }
  return true;
}

bool FieldsModel::setData(const QModelIndex &index, const QVariant &value, int role) {
  if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable))
    return false;
  const QString wanted = value.toString();
  const bool unchanged =
      index.column() != RoleColumn && wanted == editText(field(index.row()), index.column());
  if (unchanged || !apply(field(index.row()).report, index.column(), wanted))
    return false;
  m_fields = m_draft.fields();
  Q_EMIT dataChanged(this->index(0, 0), this->index(rowCount() - 1, ColumnCount - 1));
  Q_EMIT changed();
  return true;
}

} // namespace meteorograph::ui
