export { neighbourhood, type Neighbour, type Neighbourhood, type NeighbourhoodLimits, type NeighbourReference } from './neighbourhood.ts';
