"""议事决策(三重一大): the versioned list, matters step by step, the gate, stops, exceptions, urgent decisions, the ledger (M13–M15)."""
